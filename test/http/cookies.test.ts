import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, type Source } from '../../src/http/rest-channel.ts'
import type { HttpSide } from '../../src/kernel/http-side.ts'
import { badRequest } from '../../src/kernel/problem.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { StartupError } from '../../src/kernel/startup-error.ts'
import { ask, headersOf, jsonOf } from './raw-connection.ts'
import { serve } from './served.ts'

const current = 'current-secret-current-secret-current'
const older = 'older-secret-older-secret-older-secret'

function on(path: string, work: (http: HttpSide) => unknown): Service {
  return service({
    name: path.slice(1),
    output: z.unknown(),
    on: get(path),
    handle: ({ http }) => (http === undefined ? undefined : work(http)),
  })
}

const valueIn = (line: string = ''): string => line.slice(line.indexOf('=') + 1, line.indexOf(';'))

suite('cookies', () => {
  test('are set one by one, and never merged', async () => {
    const set = on('/set', (http) => {
      http.setCookie('a', '1')
      http.setHeader('Set-Cookie', 'b=2')
      http.setCookie('c', 'a; b, ü', { maxAge: 60, path: '/shop', sameSite: 'strict' })
      return 1
    })
    await using served = await serve([set], { headers: { 'Set-Cookie': 'z=0' } })
    const lines = [
      'z=0',
      'a=1; Path=/; Secure; HttpOnly; SameSite=Lax',
      'b=2',
      'c=a%3B%20b%2C%20%C3%BC; Max-Age=60; Path=/shop; Secure; HttpOnly; SameSite=Strict',
    ]
    assert.deepEqual(headersOf(await ask(served.port, 'GET /set'), 'set-cookie'), lines)
    assert.deepEqual((await served.fetch(new Request('http://localhost/set'))).headers.getSetCookie(), lines)
  })
  test('come back as they were set', async () => {
    const values = ['plain', '"quoted"', 'a=b; c, d', '100%', '{"a":1}', 'ü😀', '']
    const set = on('/set', (http) => {
      for (const [at, value] of values.entries()) http.setCookie(`c${at}`, value)
      return 1
    })
    const read = on('/read', (http) => values.map((_, at) => http.cookies[`c${at}`]))
    await using served = await serve([set, read])
    const lines = headersOf(await ask(served.port, 'GET /set'), 'set-cookie')
    const Cookie = lines.map((line) => line.slice(0, line.indexOf(';'))).join('; ')
    assert.deepEqual(jsonOf(await ask(served.port, 'GET /read', { Cookie })), values)
  })
  test('are dropped where they were set', async () => {
    const clear = on('/clear', (http) => {
      http.clearCookie('a')
      http.clearCookie('b', { path: '/shop', domain: 'example.com' })
      return 1
    })
    await using served = await serve([clear])
    const end = 'Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT'
    assert.deepEqual(headersOf(await ask(served.port, 'GET /clear'), 'set-cookie'), [
      `a=; ${end}; Path=/; Secure; HttpOnly; SameSite=Lax`,
      `b=; ${end}; Domain=example.com; Path=/shop; Secure; HttpOnly; SameSite=Lax`,
    ])
  })
  test('that clients would drop are an error of the service', async () => {
    const wrong = on('/wrong', (http) => http.setCookie('__Host-a', '1', { path: '/shop' }))
    await using served = await serve([wrong])
    const reply = await ask(served.port, 'GET /wrong')
    assert.deepEqual([reply.status, headersOf(reply, 'set-cookie')], [500, []])
    assert.match(served.errors()[0]?.message ?? '', /__Host-a/)
  })
  test('are also set by a call that fails afterwards', async () => {
    const fails = on('/fails', (http) => {
      http.setCookie('a', '1')
      return badRequest()
    })
    await using served = await serve([fails])
    assert.deepEqual(headersOf(await ask(served.port, 'GET /fails'), 'set-cookie'), [
      'a=1; Path=/; Secure; HttpOnly; SameSite=Lax',
    ])
  })
})

suite('signed cookies', () => {
  const login = on('/login', (http) => {
    http.setCookie('user', 'ada; lovelace', { signed: true })
    return 1
  })
  const who = on('/who', (http) => ({ user: http.signedCookie('user') ?? null, raw: http.cookies.user ?? null }))

  const signedWith = async (secret: string): Promise<string> => {
    await using served = await serve([login], { cookieSecrets: [secret] })
    return valueIn(headersOf(await ask(served.port, 'GET /login'), 'set-cookie')[0])
  }

  test('are read where the app has signed them, with its current secret or an older one', async () => {
    await using served = await serve([who], { cookieSecrets: [current, older] })
    for (const secret of [current, older]) {
      const reply = await ask(served.port, 'GET /who', { Cookie: `user=${await signedWith(secret)}` })
      assert.equal(jsonOf(reply).user, 'ada; lovelace')
    }
    const fetched = await served.fetch(
      new Request('http://localhost/who', { headers: { Cookie: `user=${await signedWith(current)}` } }),
    )
    assert.equal(((await fetched.json()) as { user: string }).user, 'ada; lovelace')
  })
  test('are not there when anybody else has made them', async () => {
    const good = await signedWith(current)
    await using served = await serve([who], { cookieSecrets: [current] })
    for (const value of [
      'ada',
      'ada.',
      '.',
      '',
      good.replace('ada', 'bob'),
      `${good}A`,
      good.slice(0, -1),
      await signedWith(older),
    ]) {
      assert.equal(jsonOf(await ask(served.port, 'GET /who', { Cookie: `user=${value}` })).user, null, value)
    }
    assert.equal(jsonOf(await ask(served.port, 'GET /who', { Cookie: `admin=${good}` })).user, null)
    assert.deepEqual(jsonOf(await ask(served.port, 'GET /who')), { user: null, raw: null })
  })
  test('cannot be set without a secret', async () => {
    await using served = await serve([login])
    assert.equal((await ask(served.port, 'GET /login')).status, 500)
    assert.match(served.errors()[0]?.message ?? '', /cookieSecrets/)
  })
  const session = (source: Source): Service =>
    service({
      name: 'session',
      input: z.object({ session: z.int() }),
      output: z.int(),
      on: get('/session', { in: { session: source } }),
      handle: ({ input }) => input.session,
    })
  const source = { in: 'cookie', name: 'sid', signed: true } as const

  test('are typed inputs, of which a forged one is missing', async () => {
    const start = on('/start', (http) => {
      http.setCookie('sid', '7', { signed: true })
      return 1
    })
    await using served = await serve([start, session(source)], { cookieSecrets: [current] })
    const sid = valueIn(headersOf(await ask(served.port, 'GET /start'), 'set-cookie')[0])
    assert.equal(jsonOf(await ask(served.port, 'GET /session', { Cookie: `sid=${sid}` })), 7)
    for (const Cookie of ['sid=7', `sid=8${sid.slice(1)}`, 'a=b']) {
      const reply = await ask(served.port, 'GET /session', { Cookie })
      assert.equal(reply.status, 422)
      assert.deepEqual(jsonOf(reply).errors, [{ in: 'cookie', path: '/sid', code: 'missing', message: 'is required' }])
    }
  })
  test('are refused at start-up without secrets, with short ones, and elsewhere than in cookies', async () => {
    const wrong = [
      [session(source), {}, /cookieSecrets/],
      [session(source), { cookieSecrets: ['short'] }, /32 characters/],
      [session({ in: 'query', name: 's', signed: true }), { cookieSecrets: [current] }, /only cookies are signed/],
    ] as const
    for (const [made, options, why] of wrong) {
      await assert.rejects(serve([made], options), (error) => error instanceof StartupError && why.test(error.message))
    }
  })
})
