import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { suite, test } from 'node:test'
import { helloFile, temporaryApp } from './temporary-app.ts'
import { run, serve, start } from './trestle.ts'

const config =
  "import { defineApp } from 'trestle'\nexport const app = defineApp({ title: 'Greetings', version: '2.0.0' })\n"

/** GET /port answers with the variable PLACE of the environment. */
const placeFile = [
  "import { get, media, service } from 'trestle'",
  "export const place = service({ on: get('/place'), handle: () => media(process.env.PLACE ?? 'nowhere', 'text/plain') })",
  '',
].join('\n')

/** GET /slow/{ms} answers after so many milliseconds. */
const slowFile = [
  "import { setTimeout } from 'node:timers/promises'",
  "import { get, service } from 'trestle'",
  "import { z } from 'zod'",
  'export const slow = service({',
  "  input: z.object({ ms: z.int() }), output: z.object({ ok: z.boolean() }), on: get('/slow/{ms}'),",
  '  handle: async ({ input, log }) => { log.info("Slow begins"); await setTimeout(input.ms); return { ok: true } },',
  '})',
  '',
].join('\n')

suite('trestle start', { concurrency: true }, () => {
  test('serves the folder it is in, says where in a line of its log, and stops with 0 on a signal', async () => {
    await using app = await temporaryApp({ 'services/greeting.ts': helloFile('hi'), 'trestle.config.ts': config })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      await using server = await serve(['start'], { cwd: app.folder })
      const answer = await fetch(`${server.url}/hello`)
      assert.deepEqual(await answer.json(), { word: 'hi' })
      server.signal(signal)
      const { code, stdout, stderr } = await server.ended
      assert.equal(code, 0)
      assert.equal(stderr, '')
      const messages = stdout
        .trimEnd()
        .split('\n')
        .map((line): string => JSON.parse(line).msg)
      assert.deepEqual(messages, [
        `Trestle 0.1.0 serves Greetings 2.0.0 at ${server.url}`,
        `${signal}: stopping, and finishing the calls in flight`,
      ])
    }
  })

  test('says in one sentence that the port is taken', async () => {
    await using app = await temporaryApp({ 'services/greeting.ts': helloFile('hi') })
    await using taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = String(typeof address === 'object' && address?.port)
    for (const more of [[], ['--workers', '2']]) {
      const { code, stdout, stderr } = await run(['start', app.folder, '--port', port, ...more])
      assert.equal(code, 1)
      assert.equal(stdout, '')
      assert.equal(
        stderr,
        `Port ${port} on 127.0.0.1 is taken: stop what listens there, or choose another with --port\n`,
      )
    }
  })

  test('says in one sentence that the host is not of this machine', async () => {
    await using app = await temporaryApp({ 'services/greeting.ts': helloFile('hi') })
    const { code, stderr } = await run(['start', app.folder, '--port', '0', '--host', '192.0.2.1'])
    assert.equal(code, 1)
    assert.match(stderr, /^192\.0\.2\.1 is no address of this machine: choose one with --host, such as 127\.0\.0\.1\n$/)
  })

  test('takes the port from the option, then the environment, then .env', async () => {
    await using app = await temporaryApp({ 'services/greeting.ts': helloFile('hi'), '.env': 'TRESTLE_PORT=none' })
    const cases: readonly (readonly [string[], Record<string, string>, RegExp])[] = [
      [[], {}, /^TRESTLE_PORT is 'none', which is no port/],
      [[], { TRESTLE_PORT: 'some' }, /^TRESTLE_PORT is 'some', which is no port/],
      [['--port', 'any'], { TRESTLE_PORT: 'some' }, /^--port is 'any', which is no port/],
    ]
    for (const [args, env, sentence] of cases) {
      const { code, stderr } = await run(['start', app.folder, ...args], { env })
      assert.equal(code, 2)
      assert.match(stderr, sentence)
    }
    await app.write('.env', 'TRESTLE_PORT=0\nTRESTLE_HOST=localhost\n')
    await using server = start(['start', app.folder])
    await server.until(/serves API 0\.0\.0 at http:\/\/(127\.0\.0\.1|\[::1\]):\d+/)
  })

  test('gives the app its .env, under the variables that are set', async () => {
    await using app = await temporaryApp({ 'services/place.ts': placeFile, '.env': 'PLACE="from the file"\n' })
    for (const [env, place] of [
      [{}, 'from the file'],
      [{ PLACE: 'from the shell' }, 'from the shell'],
    ] as const) {
      await using server = await serve(['start', app.folder], { env })
      assert.equal(await (await fetch(`${server.url}/place`)).text(), place)
    }
  })

  test('ends at once on a second signal, with the code of the signal', async () => {
    await using app = await temporaryApp({ 'services/slow.ts': slowFile })
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      await using server = await serve(['start', app.folder])
      const cut = assert.rejects(fetch(`${server.url}/slow/60000`))
      await server.until(/Slow begins/)
      server.signal(signal)
      await server.until(/stopping/)
      // One that comes right after the first counts as the same, because npm hands signals on.
      const again = setInterval(() => server.signal(signal), 20)
      assert.equal((await server.ended).code, code)
      clearInterval(again)
      await cut
    }
  })

  test('says how many calls it had to cut, and ends with 1', async () => {
    await using app = await temporaryApp({ 'services/slow.ts': slowFile })
    await using server = await serve(['start', app.folder])
    const cut = assert.rejects(fetch(`${server.url}/slow/60000`))
    await server.until(/Slow begins/)
    server.signal('SIGTERM')
    const { code, stderr } = await server.ended
    assert.equal(code, 1)
    assert.match(stderr, /^1 call was cut, not finished 10 seconds after the signal to stop\n$/)
    await cut
  })

  test('serves by several processes, and replaces one that dies', async () => {
    const pidFile =
      "import { get, media, service } from 'trestle'\nexport const pid = service({ on: get('/pid'), handle: () => media(String(process.pid), 'text/plain') })\n"
    await using app = await temporaryApp({ 'services/pid.ts': pidFile })
    await using server = await serve(['start', app.folder, '--workers', '2'])
    const pid = async (): Promise<number> => {
      const answer = await fetch(`${server.url}/pid`, { headers: { Connection: 'close' } })
      return Number(await answer.text())
    }
    const pids = new Set<number>()
    while (pids.size < 2) pids.add(await pid())
    const [first = 0] = pids
    process.kill(first, 'SIGKILL')
    await server.until(/A worker ended \(SIGKILL\); another takes its place/)
    while (pids.size < 3) pids.add(await pid())
    server.signal('SIGTERM')
    assert.equal((await server.ended).code, 0)
  })
})
