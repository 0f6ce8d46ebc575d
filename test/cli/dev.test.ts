import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { helloFile, type TemporaryApp, temporaryApp } from './temporary-app.ts'
import { type Running, serve, start } from './trestle.ts'

async function word(url: string): Promise<unknown> {
  const answer = await fetch(`${url}/hello`)
  const { word } = (await answer.json()) as { word?: unknown }
  return word
}

/** An app that says 'one', served by `trestle dev`. */
async function served(): Promise<{ app: TemporaryApp; server: Running & { url: string } } & AsyncDisposable> {
  const app = await temporaryApp({ 'services/greeting.ts': helloFile('one') })
  const server = await serve(['dev', app.folder])
  return {
    app,
    server,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
    },
  }
}

suite('trestle dev', { concurrency: true }, () => {
  test('says what it serves, prints a line for each reply, and ends with 0 on Ctrl-C', async () => {
    await using dev = await served()
    const { server } = dev
    await server.until(
      /1 service, 1 channel\n {2}Docs +http\S+\/docs +\/redoc {3}\/openapi\.json\n\n {2}Try it +curl http\S+\/hello\n/,
    )
    assert.match(server.stdout, /^\n {2}Trestle \d+\.\d+\.\d+ {3}API 0\.0\.0 {3}ready in \d+ ms\n\n {2}API +http/)
    assert.equal(await word(server.url), 'one')
    await server.until(/\d\d:\d\d:\d\d\.\d{3} 200 +GET \/hello \d+\.\d ms\n/)
    assert.equal((await fetch(`${server.url}/none?secret=1`)).status, 404)
    await server.until(/ 404 +GET \/none \d+\.\d ms\n/)
    server.signal('SIGINT')
    assert.equal((await server.ended).code, 0)
  })

  test('serves each save at once, and says what changed and how long it took', async () => {
    await using dev = await served()
    const { app, server } = dev
    for (const next of ['two', 'three']) {
      await app.write('services/greeting.ts', helloFile(next))
      await server.until(/Reloaded in \d+ ms: services\/greeting\.ts\n/)
      assert.equal(await word(server.url), next)
    }
  })

  test('sees new, renamed and deleted files and folders, the configuration and .env', async () => {
    await using dev = await served()
    const { app, server } = dev
    const bye = helloFile('bye').replace('/hello', '/bye')
    await app.write('services/hr/bye.ts', bye)
    await server.until(/Reloaded in \d+ ms: services\/hr\/bye\.ts\n/)
    assert.equal((await fetch(`${server.url}/bye`)).status, 200)

    await app.write('services/hr/bye.ts', bye.replace('/bye', '/later'))
    await server.until(/Reloaded in \d+ ms: services\/hr\/bye\.ts\n/)
    assert.equal((await fetch(`${server.url}/later`)).status, 200)

    await app.remove('services/hr')
    await server.until(/Reloaded in \d+ ms: services\/hr/)
    assert.equal((await fetch(`${server.url}/later`)).status, 404)

    // What an app says to a process manager is not for the supervisor.
    await app.write('trestle.config.ts', "process.send?.('ready')\nexport const app = { title: process.env.TITLE }")
    await app.write('.env', 'TITLE=Named')
    await server.until(/Reloaded in \d+ ms: (\.env|trestle\.config\.ts)/)
    const titled = async (): Promise<unknown> => {
      const answer = await fetch(`${server.url}/openapi.json`)
      return ((await answer.json()) as { info: { title: unknown } }).info.title
    }
    while ((await titled()) !== 'Named') await server.until(/Reloaded/)
  })

  test('ignores dependencies, hidden folders and files that are neither code nor configuration', async () => {
    await using dev = await served()
    const { app, server } = dev
    for (const path of ['node_modules/a/index.js', '.trestle/state.json', 'dist/a.js', 'notes.txt', '.#greeting.ts']) {
      await app.write(path, '')
    }
    await app.write('services/greeting.ts', helloFile('two'))
    await server.until(/Reloaded in \d+ ms: services\/greeting\.ts\n/)
    assert.equal(server.stdout.match(/Reloaded/g)?.length, 1)
  })

  test('goes on serving when a save is broken, says why, and takes up the mend', async () => {
    await using dev = await served()
    const { app, server } = dev
    await app.write('services/greeting.ts', 'export const hello = {\n')
    await server.until(
      /services\/greeting\.ts:\d has a syntax error: .*\nThe last version that started is still served: mend this and save\n/,
    )
    assert.equal(await word(server.url), 'one')

    await app.write('services/other.ts', helloFile('other'))
    await app.write('services/greeting.ts', helloFile('two'))
    await server.until(/GET \/hello is declared twice, by greeting\.hello and by other\.hello/)
    assert.equal(await word(server.url), 'one')

    await app.remove('services/other.ts')
    await server.until(/Reloaded in \d+ ms: services\/other\.ts\n/)
    assert.equal(await word(server.url), 'two')
    assert.doesNotMatch(server.stderr, /^ +at /m)
  })

  test('waits for a mend when the app cannot start at first', async () => {
    await using app = await temporaryApp({})
    await using server = start(['dev', app.folder, '--port', '0'])
    await server.until(/has no services: write .*\nNothing is served yet: mend this and save\n/)
    await app.write('services/greeting.ts', 'export const hello = nothing')
    await server.until(/services\/greeting\.ts:1 fails to load: nothing is not defined\nNothing is served yet/)
    await app.write('services/greeting.ts', helloFile('one'))
    const [url] = await server.until(/http:\/\/127\.0\.0\.1:\d+/)
    assert.equal(await word(url), 'one')
  })

  test('says that a save never finishes loading, and takes up the next one', async () => {
    await using dev = await served()
    const { app, server } = dev
    await app.write('services/greeting.ts', `${helloFile('two')}await new Promise(() => {})\n`)
    await server.until(/The app is still loading after 10 seconds: a top-level await or a loop may hold it up\n/)
    assert.equal(await word(server.url), 'one')
    await app.write('services/greeting.ts', helloFile('three'))
    await server.until(/Reloaded/)
    assert.equal(await word(server.url), 'three')
  })

  test('waits for a mend when the app crashes while it serves', async () => {
    await using dev = await served()
    const { app, server } = dev
    const crash =
      "export const crash = service({ on: get('/crash'), handle: () => { setTimeout(() => { throw Error('late') }) } })"
    await app.write('services/greeting.ts', `${helloFile('two')}${crash}\n`)
    await server.until(/Reloaded/)
    await fetch(`${server.url}/crash`).catch(() => undefined)
    await server.until(/The app ended while it was serving \(\d+\): mend it and save, and it starts again\n/)
    await app.write('services/greeting.ts', helloFile('three'))
    const [url] = await server.until(/http:\/\/127\.0\.0\.1:\d+/)
    assert.equal(await word(url), 'three')
  })

  test('loses no call while it reloads', async () => {
    await using dev = await served()
    const { app, server } = dev
    const words = new Set<unknown>()
    let over = false
    const callers = Array.from({ length: 4 }, async () => {
      while (!over) words.add(await word(server.url))
    })
    for (const next of ['two', 'three', 'four']) {
      await app.write('services/greeting.ts', helloFile(next))
      await server.until(/Reloaded/)
    }
    over = true
    await Promise.all(callers)
    assert.deepEqual(
      [...words].filter((each) => !['one', 'two', 'three', 'four'].includes(String(each))),
      [],
    )
    assert.equal(await word(server.url), 'four')
  })
})
