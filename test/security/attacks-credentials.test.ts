import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { describe, test } from 'node:test'
import { type AppOptions, apiKey, basic, bearer, login, session } from 'trestle'
import { headerOf, jsonOf, RawConnection, type RawReply, requestText } from '../http/raw-connection.ts'
import { type Attacked, attacked, basicOf, me, whoAt } from './attacked.ts'
import { userFolder } from './session-app.ts'

const security = {
  hr: basic({ username: 'hr', password: 'pass:word' }),
  müller: basic({ username: 'müller', password: 'straße' }),
  token: bearer({ token: 'agreed-token' }),
  shop: apiKey({ key: 'key-of-shop' }),
  board: apiKey({ key: 'key-of-board', in: 'cookie', name: 'board' }),
  all: ['hr', 'müller', 'token', 'shop', 'board'],
}
const maybe = whoAt('/maybe', ['all', 'anonymous'])
const settings = { services: [me, maybe], security, failures: false } satisfies AppOptions

const hr = basicOf('hr:pass:word')
type Headers = Readonly<Record<string, string>>

const refused: readonly (readonly [what: string, headers: Headers, status: number, code: string])[] = [
  ['an empty user', { Authorization: basicOf(':pass:word') }, 401, 'invalid_credentials'],
  ['an empty password', { Authorization: basicOf('hr:') }, 401, 'invalid_credentials'],
  ['no colon', { Authorization: basicOf('hr') }, 401, 'invalid_credentials'],
  ['the password up to its colon', { Authorization: basicOf('hr:pass') }, 401, 'invalid_credentials'],
  ['a user in other letters', { Authorization: basicOf('HR:pass:word') }, 401, 'invalid_credentials'],
  ['a space behind', { Authorization: basicOf('hr:pass:word ') }, 401, 'invalid_credentials'],
  ['NUL behind', { Authorization: basicOf('hr:pass:word\0') }, 401, 'invalid_credentials'],
  ['CR LF in a user', { Authorization: basicOf('hr\r\nX-Role: admin:x') }, 401, 'invalid_credentials'],
  ['Latin-1', { Authorization: basicOf('m\xfcller:stra\xdfe') }, 401, 'invalid_credentials'],
  ['overlong UTF-8', { Authorization: basicOf('\xc1\xa8r:pass:word') }, 401, 'invalid_credentials'],
  ['no Base64', { Authorization: 'Basic hr:pass:word' }, 401, 'invalid_credentials'],
  ['nothing behind the scheme', { Authorization: 'Basic' }, 401, 'invalid_credentials'],
  ['Base64 of two', { Authorization: `${hr} ${hr.slice(6)}` }, 401, 'invalid_credentials'],
  ['credentials joined with a comma', { Authorization: `${hr}, ${hr}` }, 401, 'invalid_credentials'],
  ['tokens joined with a comma', { Authorization: 'Bearer agreed-token, Bearer x' }, 401, 'invalid_token'],
  ['an empty token', { Authorization: 'Bearer ' }, 401, 'invalid_token'],
  ['a password as a token', { Authorization: 'Bearer pass:word' }, 401, 'invalid_token'],
  ['a key as a token', { Authorization: 'Bearer key-of-shop' }, 401, 'invalid_token'],
  ['a scheme that is not taken', { Authorization: 'Digest username="hr"' }, 401, 'unauthorized'],
  ['a tab behind the scheme', { Authorization: hr.replace(' ', '\t') }, 401, 'unauthorized'],
  ['the name of a property', { Authorization: basicOf('__proto__:x') }, 401, 'invalid_credentials'],
  ['the name of a method', { Authorization: basicOf('constructor:x') }, 401, 'invalid_credentials'],
  ['a token as a key', { 'X-API-Key': 'agreed-token' }, 401, 'invalid_credentials'],
  ['an empty key', { 'X-API-Key': '' }, 401, 'invalid_credentials'],
  ['a key twice', { 'X-API-Key': 'key-of-shop, key-of-shop' }, 401, 'invalid_credentials'],
  ['the name of a property as a key', { 'X-API-Key': '__proto__' }, 401, 'invalid_credentials'],
  ['a key in a cookie', { Cookie: 'X-API-Key=key-of-shop; x-api-key=key-of-shop' }, 401, 'unauthorized'],
  ['the key of a cookie in the header', { 'X-API-Key': 'key-of-board' }, 401, 'invalid_credentials'],
  ['the key of a header in the cookie', { Cookie: 'board=key-of-shop' }, 401, 'invalid_credentials'],
  [
    'a cookie that another page has put in front',
    { Cookie: 'board=x; board=key-of-board' },
    401,
    'invalid_credentials',
  ],
  ['an empty cookie', { Cookie: 'board=' }, 401, 'invalid_credentials'],
  ['two kinds', { Authorization: hr, 'X-API-Key': 'key-of-shop' }, 400, 'several_credentials'],
  ['two kinds, of which one is wrong', { Authorization: hr, 'X-API-Key': 'x' }, 400, 'several_credentials'],
  ['two keys', { 'X-API-Key': 'key-of-shop', Cookie: 'board=key-of-board' }, 400, 'several_credentials'],
]

describe('credentials', () => {
  test('that are no good, or not where they belong, let nobody in', async () => {
    await using api = await attacked(settings)
    const good: readonly Headers[] = [
      { Authorization: hr },
      { Authorization: hr.replace('Basic', 'bASIC') },
      { Authorization: basicOf('m\xc3\xbcller:stra\xc3\x9fe') },
      // The same letter in two characters (RFC 8265).
      { Authorization: basicOf('mu\xcc\x88ller:stra\xc3\x9fe') },
      { Authorization: 'bearer agreed-token' },
      { 'X-API-Key': 'key-of-shop' },
      { Cookie: 'board=key-of-board; board=x' },
    ]
    // Whatever was good a moment ago makes nothing else good.
    for (const headers of good) assert.equal((await api.ask('GET /me', headers)).status, 200, JSON.stringify(headers))
    for (const [what, headers, status, code] of refused) {
      api.assertRefused(await api.ask('GET /me', headers), status, code, what)
      if (code === 'unauthorized') continue
      // Who may come without credentials may not come with wrong ones.
      api.assertRefused(await api.ask('GET /maybe', headers), status, code, what)
    }
  })

  test('in the address, or sent in two lines, let nobody in', async () => {
    await using api = await attacked(settings)
    for (const query of [
      'access_token=agreed-token',
      'api_key=key-of-shop',
      'X-API-Key=key-of-shop',
      'board=key-of-board',
    ])
      api.assertRefused(await api.ask(`GET /me?${query}`), 401, 'unauthorized', query)
    const lines = async (...all: string[]): Promise<RawReply> =>
      await api.raw(`GET /me HTTP/1.1\r\nHost: test\r\n${all.join('\r\n')}\r\n\r\n`)
    const wrong = `Authorization: ${basicOf('hr:x')}`
    api.assertRefused(await lines(`Authorization: ${hr}`, wrong), 401, 'invalid_credentials')
    api.assertRefused(await lines(wrong, `Authorization: ${hr}`), 401, 'invalid_credentials')
    api.assertRefused(await lines(wrong, 'X-API-Key: key-of-shop'), 400, 'several_credentials')
    api.assertRefused(await lines('X-API-Key: x', 'X-API-Key: key-of-shop'), 401, 'invalid_credentials')
    for (const bad of [
      'Authorization: Bearer agreed\0-token',
      'Authorization : Bearer agreed-token',
      'Authorization: a\rb',
    ])
      assert.equal((await lines(bad)).status, 400, bad)
    assert.equal((await lines('X: y', 'Authorization:', ' Bearer agreed-token')).status, 400, 'a folded line')
    assert.equal((await lines(`Authorization: Basic ${'A'.repeat(65_536)}`)).status, 431)
  })

  test('that were good in one place a moment ago are nothing in another', async () => {
    const { hr: people, shop } = security
    await using api = await attacked({
      ...settings,
      services: [me],
      security: { people, shop, all: ['people', 'shop'] },
    })
    assert.equal((await api.ask('GET /me', { Authorization: hr })).status, 200)
    api.assertRefused(await api.ask('GET /me', { 'X-API-Key': hr }), 401, 'invalid_credentials')
  })

  test('of definitions with the names of properties belong to these alone', async () => {
    const named = Object.fromEntries(
      ['__proto__', 'constructor', 'toString'].map((name) => [name, apiKey({ key: `key of ${name}`, roles: [name] })]),
    )
    await using api = await attacked({
      ...settings,
      services: [whoAt('/me', ['__proto__', 'constructor'])],
      security: named,
      roles: { admin: ['*'] },
    })
    for (const name of ['__proto__', 'constructor'])
      assert.deepEqual(jsonOf(await api.ask('GET /me', { 'X-API-Key': `key of ${name}` })), { who: name })
    api.assertRefused(await api.ask('GET /me', { 'X-API-Key': 'key of toString' }), 401, 'invalid_credentials')
  })
})

describe('guesses', () => {
  /** Asks until something else than a refusal of the credentials comes, and says how many there were. */
  async function until429(
    guess: (at: number) => Promise<RawReply>,
  ): Promise<readonly [refused: number, last: RawReply]> {
    for (let at = 0; ; at++) {
      const reply = await guess(at)
      if (![400, 401].includes(reply.status) || at > 40) return [at, reply]
    }
  }
  const tooMany = (api: Attacked, reply: RawReply): void => {
    assert.deepEqual([reply.status, headerOf(reply, 'retry-after')], [429, '60'])
    assert.equal(api.events().at(-1)?.code, 'too_many_requests')
  }
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const json = { 'Content-Type': 'application/json' }
  const doors: AppOptions = {
    services: [me],
    trustedProxies: ['loopback'],
    login: login({ verify: ({ username, password }) => (password === 'right' ? { username } : undefined) }),
    tokens: { clients: { reports: { secret: 'secret of reports' } } },
    security: { ...security, all: [...security.all, 'browsers'], browsers: session() },
  }
  const ways: Readonly<Record<string, (name: string, password: string) => readonly [string, Headers, string?]>> = {
    Basic: (name, password) => ['GET /me', { Authorization: basicOf(`${name}:${password}`) }],
    'an API key': (name, password) => ['GET /me', { 'X-API-Key': `${name} ${password}` }],
    'a bearer': (name, password) => ['GET /me', { Authorization: `Bearer ${name}.${password}` }],
    'the token endpoint': (username, password) => [
      'POST /token',
      form,
      new URLSearchParams({ username, password }).toString(),
    ],
    'a client of the token endpoint': (client_id, client_secret) => [
      'POST /token',
      form,
      new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }).toString(),
    ],
    introspection: (client_id, client_secret) => [
      'POST /introspect',
      form,
      new URLSearchParams({ token: 'x', client_id, client_secret }).toString(),
    ],
    'the login': (username, password) => ['POST /session', json, JSON.stringify({ username, password })],
  }

  for (const [way, request] of Object.entries(ways)) {
    test(`by ${way} come to an end, spread over names and the addresses of one network`, async () => {
      await using api = await attacked(doors)
      const guess = (at: number): Promise<RawReply> => {
        const [line, headers, body] = request(`user-${at}`, `${at}`)
        return api.ask(line, { ...headers, 'X-Forwarded-For': `2001:db8::${(at + 1).toString(16)}` }, body)
      }
      const [refused, last] = await until429(guess)
      assert.equal(refused, 20)
      tooMany(api, last)
      const elsewhere = { 'X-Forwarded-For': '2001:db8:0:1::1' }
      const [line, headers, body] = request('user', 'x')
      assert.notEqual((await api.ask(line, { ...headers, ...elsewhere }, body)).status, 429)
    })
  }

  for (const way of ['Basic', 'the token endpoint', 'the login']) {
    test(`by ${way} of one name come to an end, however it is spelt, and the right one has to wait, too`, async () => {
      await using api = await attacked(doors)
      const request = ways[way] as (typeof ways)[string]
      const spellings = way === 'Basic' ? ['hr'] : ['ada', 'ADA', 'Ａda', 'aDa']
      const [refused, last] = await until429((at) =>
        api.ask(...request(spellings[at % spellings.length] ?? '', `${at}`)),
      )
      assert.equal(refused, 5)
      tooMany(api, last)
      const [name, right] = way === 'Basic' ? ['hr', 'pass:word'] : ['ada', 'right']
      tooMany(api, await api.ask(...request(name, right)))
      api.clock.pass(60)
      assert.equal((await api.ask(...request(name, right))).status, 200)
    })
  }

  test('on one connection that is kept open, and at once on many, are counted alike', async () => {
    await using api = await attacked({ ...doors, failures: { address: '3/minute', username: false } })
    await using connection = await RawConnection.open(api.port)
    const statuses: number[] = []
    for (let at = 0; at < 5; at++) {
      connection.send(requestText('GET /me', { Authorization: basicOf(`hr:${at}`) }))
      statuses.push((await connection.reply()).status)
    }
    assert.deepEqual(statuses, [401, 401, 401, 429, 429])
    api.clock.pass(60)
    const all = await Promise.all(Array.from({ length: 20 }, (_, at) => api.ask('GET /me', { 'X-API-Key': `${at}` })))
    const passed = all.filter(({ status }) => status === 401).length
    assert.deepEqual([passed, all.filter(({ status }) => status === 429).length], [3, 17])
  })

  test('from made-up addresses are those of the connection, where no proxy is trusted', async () => {
    const { trustedProxies: _, ...direct } = doors
    await using api = await attacked({ ...direct, failures: { address: '3/minute', username: false } })
    const [refused, last] = await until429((at) =>
      api.ask('GET /me', {
        'X-API-Key': 'x',
        'X-Forwarded-For': `192.0.2.${at}`,
        Forwarded: `for=192.0.2.${at}`,
        'X-Real-IP': `192.0.2.${at}`,
      }),
    )
    assert.equal(refused, 3)
    tooMany(api, last)
  })
})

/** Counts how often argon2 runs while something is done, and tells when it first does. */
async function argonRuns(work: (begun: Promise<void>) => Promise<unknown>): Promise<number> {
  let runs = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const hook = createHook({
    init: (_id, type) => {
      if (!/argon2/i.test(type)) return
      runs++
      resolve()
    },
  }).enable()
  await work(promise)
  hook.disable()
  return runs
}

describe('a wrong user name costs what a wrong password costs', () => {
  const wrong = 'a good long phrase?'

  test('at the token endpoint, at the login, and in their words', async () => {
    using folder = await userFolder()
    await using api = await attacked({
      services: [me],
      data: folder.data,
      security: { all: session() },
      tokens: { password: true },
    })
    await folder.users.create({ username: 'off', password: 'a good long phrase', enabled: false })
    const form = (username: string): string => new URLSearchParams({ username, password: wrong }).toString()
    const json = (username: string): string => JSON.stringify({ username, password: wrong })
    const doors = [
      (name: string) => api.ask('POST /token', { 'Content-Type': 'application/x-www-form-urlencoded' }, form(name)),
      (name: string) => api.ask('POST /session', { 'Content-Type': 'application/json' }, json(name)),
    ]
    for (const door of doors) {
      const said = new Set<string>()
      for (const name of ['ada', 'nobody', 'off', '__proto__', "' OR 1=1 --"]) {
        const runs = await argonRuns(async () => {
          const { status, body } = await door(name)
          said.add(`${status} ${String(body).replace(/"cid":"[^"]*"/, '')}`)
        })
        assert.equal(runs, 1, name)
      }
      assert.equal(said.size, 1, [...said].join('\n'))
    }
  })

  test('with Basic, also where one client has two passwords, of which one counts no more', async () => {
    await using api = await attacked({
      services: [me],
      security: {
        hr: basic({ username: 'hr', password: 'pass:word' }),
        shop: apiKey({ key: 'key-of-shop' }),
        all: ['hr', 'shop'],
      },
      failures: false,
    })
    const change = (name: string, input: object) => api.app.invoke(`trestle.security.${name}`, input)
    for (const name of ['acme', 'globex']) {
      await change('create-definition', { name, kind: 'basic', password: 'a good long phrase' })
      await change('add-member', { name: 'all', definition: name })
    }
    const until = new Date(api.clock.now().getTime() + 60_000).toISOString()
    await change('rotate-definition', { name: 'acme', password: 'another long phrase', until })
    api.clock.pass(120)
    api.events()
    for (const name of ['acme', 'globex', 'hr', 'nobody']) {
      const runs = await argonRuns(async () => {
        const reply = await api.ask('GET /me', { Authorization: basicOf(`${name}:${wrong}`) })
        api.assertRefused(reply, 401, 'invalid_credentials', name)
      })
      assert.equal(runs, 2, name)
    }
    // One that is right is looked at once a minute, though one before it has come to its end.
    const again = { Authorization: basicOf('acme:another long phrase') }
    assert.equal((await api.ask('GET /me', again)).status, 200)
    assert.equal(await argonRuns(async () => assert.equal((await api.ask('GET /me', again)).status, 200)), 0)
  })
})

test('a definition that is switched off while its password is looked at lets nobody in', async () => {
  await using api = await attacked({ services: [me], security: { all: [] } })
  const change = (name: string, input: object) => api.app.invoke(`trestle.security.${name}`, input)
  await change('create-definition', { name: 'acme', kind: 'basic', password: 'a good long phrase' })
  await change('add-member', { name: 'all', definition: 'acme' })
  await argonRuns(async (begun) => {
    const asking = api.ask('GET /me', { Authorization: basicOf('acme:a good long phrase') })
    await begun
    await change('disable-definition', { name: 'acme' })
    api.events()
    api.assertRefused(await asking, 401, 'invalid_credentials')
  })
})

test('a flood of guesses costs no more than there may be', async () => {
  using folder = await userFolder()
  await using api = await attacked({
    services: [me],
    data: folder.data,
    security: { all: [], browsers: session() },
    tokens: { password: true },
    failures: { address: '3/minute', username: false },
  })
  await api.app.invoke('trestle.security.create-definition', {
    name: 'acme',
    kind: 'basic',
    password: 'a good long phrase',
  })
  await api.app.invoke('trestle.security.add-member', { name: 'all', definition: 'acme' })
  const floods: readonly ((at: number) => Promise<RawReply>)[] = [
    (at) => api.ask('GET /me', { Authorization: basicOf(`acme:${at}`) }),
    (at) => api.ask('POST /session', { 'Content-Type': 'application/json' }, `{"username":"ada","password":"${at}"}`),
    (at) =>
      api.ask('POST /token', { 'Content-Type': 'application/x-www-form-urlencoded' }, `username=ada&password=${at}`),
  ]
  for (const guess of floods) {
    const runs = await argonRuns(async () => {
      const replies = await Promise.all(Array.from({ length: 30 }, (_, at) => guess(at)))
      assert.equal(replies.filter(({ status }) => status === 429).length, 27)
    })
    // Four are looked at when the third of them fails.
    assert.ok(runs >= 3 && runs <= 6, `${runs}`)
    api.clock.pass(60)
  }
  const right = { Authorization: basicOf('acme:a good long phrase') }
  const runs = await argonRuns(async () => {
    const replies = await Promise.all(Array.from({ length: 30 }, () => api.ask('GET /me', right)))
    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]))
  })
  assert.ok(runs <= 4, `${runs}`)
})
