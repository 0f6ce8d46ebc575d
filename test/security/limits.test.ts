import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { apiKey, basic, type Clock, createApp, get, type SecurityEvent, service, stream, websocket } from 'trestle'
import { z } from 'zod'
import { type AppOptions, StartupError } from '../../src/index.ts'
import { serveApp } from '../http/app-served.ts'
import { RawConnection } from '../http/raw-connection.ts'

const noon = Date.UTC(2030, 0, 15, 12)

/** A clock that stands still until it is moved. */
function stopped(): Clock & { at: number } {
  const clock = { at: noon, now: () => new Date(clock.at), elapsed: () => clock.at }
  return clock
}

type Channel = Parameters<typeof get<'/x'>>[1]

function serviceAt(path: '/a' | '/b', options: Channel = {}) {
  return service({ name: `at${path.replace('/', '-')}`, on: get(path, options), handle: () => {} })
}

const basicOf = (user: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

/** Calls on a connection of its own, which the app need not wait for when it stops. */
async function callAt(port: number, path: string, headers: Record<string, string> = {}): Promise<Response> {
  await using connection = await RawConnection.open(port)
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  connection.send(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const { status, fields, body } = await connection.reply()
  return new Response(status === 204 ? null : body, { status, headers: fields.map(([name, value]) => [name, value]) })
}

/** An app that listens, called by its path. */
async function called(options: AppOptions) {
  const clock = stopped()
  const events: SecurityEvent[] = []
  const served = await serveApp({ clock, onSecurityEvent: (event) => events.push(event), ...options })
  return {
    ...{ clock, events, port: served.port, app: served.app },
    call: (path: string, headers: Record<string, string> = {}) => callAt(served.port, path, headers),
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  }
}

const limitsOf = (reply: Response): readonly (string | null)[] => [
  reply.headers.get('ratelimit-policy'),
  reply.headers.get('ratelimit'),
]

describe('a limit', () => {
  test('is told with each reply, and refuses with what to wait for', async () => {
    await using api = await called({ services: [serviceAt('/a', { limit: '2/minute' })] })
    const first = await api.call('/a')
    assert.deepEqual([first.status, ...limitsOf(first)], [204, '"address";q=2;w=60', '"address";r=1;t=60'])
    api.clock.at += 18_500
    const second = await api.call('/a')
    assert.deepEqual([second.status, ...limitsOf(second)], [204, '"address";q=2;w=60', '"address";r=0;t=42'])
    assert.equal(second.headers.get('retry-after'), null)
    const third = await api.call('/a')
    assert.deepEqual([third.status, ...limitsOf(third)], [429, '"address";q=2;w=60', '"address";r=0;t=42'])
    assert.equal(third.headers.get('retry-after'), '42')
    const { cid: _cid, ...told } = (await third.json()) as Record<string, unknown>
    assert.deepEqual(told, {
      type: '/docs/errors/too_many_requests',
      title: 'Too many requests',
      status: 429,
      detail: 'Rate limit exceeded: 2 per 1 minute',
      code: 'too_many_requests',
    })
    api.clock.at = noon + 60_000
    assert.equal((await api.call('/a')).status, 204)
    assert.equal((await api.call('/a')).status, 429)
  })

  test('has the shape that the errors of the app have', async () => {
    await using api = await called({ errors: 'simple', limit: '1/minute', services: [serviceAt('/a')] })
    await api.call('/a')
    const reply = await api.call('/a')
    assert.deepEqual([reply.status, await reply.json()], [429, { error: 'Rate limit exceeded: 1 per 1 minute' }])
  })

  test('can be worded by the app', async () => {
    const texts = { too_many_requests: 'Only {limit} each {window}, wait {retryAfter} s' }
    await using api = await called({
      errors: { shape: 'simple', texts },
      services: [serviceAt('/a', { limit: '1/minute' })],
    })
    await api.call('/a')
    assert.deepEqual(await (await api.call('/a')).json(), { error: 'Only 1 each 1 minute, wait 60 s' })
  })

  test('lets exactly as many of parallel calls pass', async () => {
    await using api = await called({ services: [serviceAt('/a', { limit: '3/hour' })] })
    const replies = await Promise.all(Array.from({ length: 50 }, () => api.call('/a')))
    assert.equal(replies.filter(({ status }) => status === 204).length, 3)
    assert.equal(replies.filter(({ status }) => status === 429).length, 47)
  })

  test('of the app holds for each channel by itself, unless the channel has its own or says false', async () => {
    await using api = await called({
      limit: '1/minute',
      services: [serviceAt('/a'), serviceAt('/b', { limit: false })],
    })
    assert.deepEqual([(await api.call('/a')).status, (await api.call('/a')).status], [204, 429])
    const replies = [await api.call('/b'), await api.call('/b')]
    assert.deepEqual(
      replies.map((reply) => [reply.status, ...limitsOf(reply)]),
      [
        [204, null, null],
        [204, null, null],
      ],
    )
    assert.equal((await api.call('/health')).status, 200)
    assert.equal((await api.call('/health')).status, 200)
  })

  test('with a name is one for all channels that it stands at', async () => {
    const limit = { rate: '2/minute', name: 'all of it' }
    await using api = await called({ services: [serviceAt('/a', { limit }), serviceAt('/b', { limit })] })
    const [first, second] = [await api.call('/a'), await api.call('/b')]
    assert.deepEqual([first.status, second.status], [204, 204])
    assert.deepEqual(limitsOf(second), ['"all of it";q=2;w=60', '"all of it";r=0;t=60'])
    assert.equal((await api.call('/a')).status, 429)
  })

  test('counts HEAD as GET, and leaves alone the preflights of pages of other origins', async () => {
    const guarded = serviceAt('/a', { security: 'hr', limit: ['2/minute', { rate: '2/minute', by: 'caller' }] })
    const security = { hr: basic({ username: 'hr', password: 'secret of hr' }) }
    await using app = createApp({ log: 'silent', services: [guarded], security, cors: true })
    const ask = (method: string, headers: Record<string, string>): Promise<Response> =>
      app.fetch(new Request('http://localhost/a', { method, headers: { origin: 'https://app.example', ...headers } }))
    for (let time = 0; time < 5; time++) {
      const preflight = await ask('OPTIONS', { 'access-control-request-method': 'GET' })
      assert.deepEqual([preflight.status, ...limitsOf(preflight)], [204, null, null])
    }
    const credentials = basicOf('hr', 'secret of hr')
    const statuses = [await ask('HEAD', credentials), await ask('GET', credentials), await ask('HEAD', credentials)]
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [204, 204, 429],
    )
    assert.equal(statuses[2]?.headers.get('access-control-allow-origin'), '*')
  })

  test('is refused alike in every shape of errors', async () => {
    for (const errors of ['problem', 'simple', 'envelope', 'fastapi', 'drf'] as const) {
      await using app = createApp({ log: 'silent', errors, limit: '1/minute', services: [serviceAt('/a')] })
      await app.fetch(new Request('http://localhost/a'))
      const reply = await app.fetch(new Request('http://localhost/a'))
      assert.deepEqual([reply.status, reply.headers.get('retry-after')], [429, '60'], errors)
      assert.match(await reply.text(), /Rate limit exceeded: 1 per 1 minute/, errors)
    }
  })

  test('beside others refuses without being counted by them', async () => {
    const limit = ['1/second', '3/minute'] as const
    await using api = await called({ services: [serviceAt('/a', { limit })] })
    const first = await api.call('/a')
    assert.deepEqual(limitsOf(first), [
      '"address";q=1;w=1, "address-2";q=3;w=60',
      '"address";r=0;t=1, "address-2";r=2;t=60',
    ])
    const refused = await api.call('/a')
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '1'])
    assert.equal(((await refused.json()) as { detail: string }).detail, 'Rate limit exceeded: 1 per 1 second')
    assert.equal(limitsOf(refused)[1], '"address";r=0;t=1, "address-2";r=2;t=60')
    api.clock.at += 1000
    assert.equal((await api.call('/a')).status, 204)
    api.clock.at += 1000
    assert.equal((await api.call('/a')).status, 204)
    api.clock.at += 1000
    const last = await api.call('/a')
    assert.deepEqual([last.status, last.headers.get('retry-after')], [429, '57'])
  })

  test('counts by a window of the clock, or by a bucket, where it says so', async () => {
    await using api = await called({
      services: [
        serviceAt('/a', { limit: { rate: '1/minute', algorithm: 'fixed' } }),
        serviceAt('/b', { limit: { rate: '60/minute', algorithm: 'bucket', burst: 2 } }),
      ],
    })
    api.clock.at += 59_000
    assert.deepEqual(limitsOf(await api.call('/a')), ['"address";q=1;w=60', '"address";r=0;t=1'])
    assert.equal((await api.call('/a')).status, 429)
    api.clock.at += 1000
    assert.equal((await api.call('/a')).status, 204)
    assert.deepEqual(limitsOf(await api.call('/b')), ['"address";q=2;w=2', '"address";r=1;t=1'])
    assert.equal((await api.call('/b')).status, 204)
    assert.equal((await api.call('/b')).status, 429)
    api.clock.at += 1000
    assert.equal((await api.call('/b')).status, 204)
    assert.equal((await api.call('/b')).status, 429)
  })

  test('counts addresses behind a trusted proxy, IPv6 by network', async () => {
    await using api = await called({
      trustedProxies: ['loopback'],
      services: [serviceAt('/a', { limit: '1/minute' })],
    })
    const from = async (address: string): Promise<number> =>
      (await api.call('/a', { 'x-forwarded-for': address })).status
    assert.equal(await from('192.0.2.1'), 204)
    assert.equal(await from('192.0.2.1'), 429)
    assert.equal(await from('192.0.2.2'), 204)
    assert.equal(await from('2001:db8:1:2::1'), 204)
    assert.equal(await from('2001:db8:1:2:ffff::9'), 429)
    assert.equal(await from('2001:db8:1:3::1'), 204)
  })

  test('counts by what a function says, and not at all where it says nothing', async () => {
    const limit = {
      rate: '1/minute',
      by: ({ headers }: { headers: Record<string, unknown> }) => headers.tenant as string,
    }
    await using api = await called({ services: [serviceAt('/a', { limit })] })
    const of = async (tenant?: string): Promise<number> => (await api.call('/a', tenant ? { tenant } : {})).status
    assert.deepEqual(
      [await of('red'), await of('red'), await of('blue'), await of(), await of()],
      [204, 429, 204, 204, 204],
    )
  })

  test('holds for handshakes of WebSocket, too', async () => {
    const echo = service({
      name: 'echo',
      incoming: z.object({ text: z.string() }),
      output: stream(z.string()),
      on: websocket('/echo', { limit: '1/minute' }),
      handle: async function* ({ incoming }) {
        for await (const { text } of incoming) yield text
      },
    })
    await using api = await called({ services: [echo] })
    const shake = async (): Promise<string> => {
      await using connection = await RawConnection.open(api.port)
      connection.send(
        'GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n',
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      )
      return (await connection.reply()).statusLine
    }
    assert.equal(await shake(), 'HTTP/1.1 101 Switching Protocols')
    assert.equal(await shake(), 'HTTP/1.1 429 Too Many Requests')
  })
})

describe('a rule of a limit', () => {
  test('gives some addresses and times another rate', async () => {
    const limit = {
      rate: '1/minute',
      rules: [
        { from: ['192.0.2.0/24'], between: ['22:00', '06:00'] as const, timeZone: 'Europe/Berlin', rate: 'unlimited' },
        { from: ['192.0.2.0/24', '2001:db8::/32'], rate: '2/minute' },
      ],
    }
    await using api = await called({ trustedProxies: ['loopback'], services: [serviceAt('/a', { limit })] })
    const from = async (address: string): Promise<readonly unknown[]> => {
      const reply = await api.call('/a', { 'x-forwarded-for': address })
      return [reply.status, ...limitsOf(reply)]
    }
    assert.deepEqual(await from('192.0.2.1'), [204, '"address";q=2;w=60', '"address";r=1;t=60'])
    assert.deepEqual(await from('198.51.100.1'), [204, '"address";q=1;w=60', '"address";r=0;t=60'])
    api.clock.at = Date.UTC(2030, 0, 15, 23, 30)
    for (let call = 0; call < 3; call++) assert.deepEqual(await from('192.0.2.1'), [204, null, null])
  })

  test('drops the connection of those that are not allowed at all', async () => {
    const limit = { rate: 'disallowed', rules: [{ from: ['192.0.2.0/24'], rate: 'unlimited' }] }
    await using api = await called({ trustedProxies: ['loopback'], services: [serviceAt('/a', { limit })] })
    assert.equal((await api.call('/a', { 'x-forwarded-for': '192.0.2.9' })).status, 204)
    await using connection = await RawConnection.open(api.port)
    connection.send('GET /a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n')
    assert.equal(await connection.rest(), '')
    const [event] = api.events
    assert.deepEqual(
      [api.events.length, event?.type, event?.address, event?.channel, event?.service],
      [1, 'call.dropped', '198.51.100.7', 'GET /a', 'at-a'],
    )
  })
})

describe('a limit by caller', () => {
  const security = {
    hr: basic({ username: 'hr', password: 'secret of hr', roles: ['staff'] }),
    shop: apiKey({ key: 'key-of-the-shop', limit: '3/minute' }),
    web: apiKey({ key: 'key-of-the-web', roles: ['staff', 'guest'] }),
    clients: ['hr', 'shop', 'web'],
  }
  const [shop, web] = [{ 'x-api-key': 'key-of-the-shop' }, { 'x-api-key': 'key-of-the-web' }]

  test('counts each by itself, behind authentication', async () => {
    await using api = await called({
      security,
      services: [serviceAt('/a', { security: 'clients', limit: { rate: '1/minute', by: 'caller' } })],
    })
    assert.equal((await api.call('/a')).status, 401)
    assert.equal((await api.call('/a', web)).status, 204)
    const reply = await api.call('/a', web)
    assert.deepEqual([reply.status, ...limitsOf(reply)], [429, '"caller";q=1;w=60', '"caller";r=0;t=60'])
    assert.equal((await api.call('/a', basicOf('hr', 'secret of hr'))).status, 204)
  })

  test('that a definition has of itself holds over all channels, and is told beside the others', async () => {
    await using api = await called({
      security,
      limit: '10/minute',
      services: [serviceAt('/a', { security: 'clients' }), serviceAt('/b', { security: 'clients' })],
    })
    assert.deepEqual(limitsOf(await api.call('/a', shop)), [
      '"address";q=10;w=60, "client";q=3;w=60',
      '"address";r=9;t=60, "client";r=2;t=60',
    ])
    await api.call('/b', shop)
    assert.equal((await api.call('/b', shop)).status, 204)
    assert.equal((await api.call('/a', shop)).status, 429)
    assert.equal((await api.call('/a', web)).status, 204)
  })

  test('of a role holds for each that has it', async () => {
    await using api = await called({
      security,
      roles: { staff: { limit: '2/minute' }, guest: ['orders:read'] },
      services: [serviceAt('/a', { security: 'clients' })],
    })
    assert.deepEqual(limitsOf(await api.call('/a', web)), ['"role-staff";q=2;w=60', '"role-staff";r=1;t=60'])
    await api.call('/a', web)
    assert.equal((await api.call('/a', web)).status, 429)
    assert.equal((await api.call('/a', basicOf('hr', 'secret of hr'))).status, 204)
  })

  test('can be one for all that have a role', async () => {
    await using api = await called({
      security,
      services: [serviceAt('/a', { security: 'clients', limit: { rate: '1/minute', by: 'role' } })],
    })
    assert.equal((await api.call('/a', basicOf('hr', 'secret of hr'))).status, 204)
    assert.equal((await api.call('/a', web)).status, 429)
    assert.equal((await api.call('/a', shop)).status, 204)
  })

  test('by role counts those who have none by themselves', async () => {
    const limit = { rate: '1/minute', by: 'role' } as const
    await using api = await called({
      security: { ...security, rest: apiKey({ key: 'key-of-the-rest' }), clients: ['hr', 'shop', 'web', 'rest'] },
      services: [serviceAt('/a', { security: ['clients', 'anonymous'], limit }), serviceAt('/b', { limit })],
    })
    assert.deepEqual([(await api.call('/b')).status, (await api.call('/b')).status], [204, 429])
    assert.deepEqual([(await api.call('/a')).status, (await api.call('/a')).status], [204, 429])
    assert.deepEqual([(await api.call('/a', shop)).status, (await api.call('/a', shop)).status], [204, 429])
    assert.equal((await api.call('/a', { 'x-api-key': 'key-of-the-rest' })).status, 204)
  })

  test('counts callers without credentials by address', async () => {
    await using api = await called({
      security,
      services: [serviceAt('/a', { security: ['clients', 'anonymous'], limit: { rate: '1/minute', by: 'caller' } })],
    })
    assert.deepEqual([(await api.call('/a')).status, (await api.call('/a')).status], [204, 429])
    assert.equal((await api.call('/a', web)).status, 204)
  })
})

describe('failures to authenticate', () => {
  const security = { hr: basic({ username: 'hr', password: 'secret of hr' }) }
  const services = [serviceAt('/a', { security: 'hr' })]
  const right = basicOf('hr', 'secret of hr')

  test('with one user name are limited, so that even the right password has to wait', async () => {
    await using api = await called({ security, services })
    for (let call = 0; call < 5; call++) assert.equal((await api.call('/a', basicOf('hr', `${call}`))).status, 401)
    const reply = await api.call('/a', right)
    assert.deepEqual([reply.status, reply.headers.get('retry-after')], [429, '60'])
    assert.equal(((await reply.json()) as { detail: string }).detail, 'Too many failed attempts to authenticate')
    assert.equal((await api.call('/a', basicOf('else', 'x'))).status, 401)
    api.clock.at += 60_000
    assert.equal((await api.call('/a', right)).status, 204)
  })

  test('are limited exactly, and with them a right guess, when they come at once', async () => {
    await using api = await called({ security, services, failures: { username: '2/minute' } })
    const headers = [...[1, 2, 3, 4].map((at) => basicOf('hr', `wrong ${at}`)), right]
    const guesses = headers.map((each) => api.app.fetch(new Request('http://localhost/a', { headers: each })))
    assert.deepEqual(
      (await Promise.all(guesses)).map(({ status }) => status),
      [401, 401, 429, 429, 429],
    )
    await using good = await called({ security, services, failures: { username: '2/minute' } })
    const all = await Promise.all(Array.from({ length: 6 }, () => good.call('/a', right)))
    assert.deepEqual(new Set(all.map(({ status }) => status)), new Set([204]))
  })

  test('from one address are limited, whatever they try', async () => {
    await using api = await called({
      ...{ security, services, failures: { address: '2/minute', username: false } },
      trustedProxies: ['loopback'],
    })
    const from = async (address: string, headers: Record<string, string>): Promise<number> =>
      (await api.call('/a', { 'x-forwarded-for': address, ...headers })).status
    assert.deepEqual(
      [await from('2001:db8::1', basicOf('a', 'x')), await from('2001:db8::2', basicOf('b', 'x'))],
      [401, 401],
    )
    assert.equal(await from('2001:db8::3', right), 429)
    assert.equal(await from('192.0.2.1', right), 204)
    // To show nothing is no attempt.
    for (let call = 0; call < 3; call++) assert.equal(await from('192.0.2.2', {}), 401)
    assert.equal(await from('192.0.2.2', right), 204)
  })

  test('do not concern those whose credentials were good a moment ago', async () => {
    await using api = await called({ security, services, failures: { address: '1/minute' } })
    assert.equal((await api.call('/a', right)).status, 204)
    assert.equal((await api.call('/a', basicOf('hr', 'wrong'))).status, 401)
    assert.equal((await api.call('/a', basicOf('hr', 'wrong'))).status, 429)
    assert.equal((await api.call('/a', right)).status, 204)
  })

  test('are not limited where the app says false', async () => {
    await using api = await called({ security, services, failures: false })
    for (let call = 0; call < 25; call++) assert.equal((await api.call('/a', basicOf('hr', `${call}`))).status, 401)
  })
})

describe('headers of limits', () => {
  const services = [serviceAt('/a', { limit: ['5/minute', '2/hour'] })]
  const names = ['ratelimit', 'ratelimit-policy', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']
  const toldBy = async (limitHeaders: NonNullable<AppOptions['limitHeaders']>): Promise<readonly unknown[]> => {
    await using api = await called({ services, limitHeaders })
    const { headers } = await api.call('/a')
    return names.map((name) => headers.get(name))
  }
  test('are those of the draft, those that came before, both, or none', async () => {
    const draft = ['"address";r=4;t=60, "address-2";r=1;t=3600', '"address";q=5;w=60, "address-2";q=2;w=3600']
    const legacy = ['2', '1', String(noon / 1000 + 3600)]
    const none = [null, null, null]
    assert.deepEqual(await toldBy('draft'), [...draft, ...none])
    assert.deepEqual(await toldBy('legacy'), [null, null, ...legacy])
    assert.deepEqual(await toldBy('both'), [...draft, ...legacy])
    assert.deepEqual(await toldBy(false), [null, null, ...none])
  })

  test('can be read by pages of other origins, and are described', async () => {
    await using api = await called({ services, cors: true, limitHeaders: 'both' })
    const reply = await api.call('/a', { origin: 'https://app.example' })
    const exposed = (reply.headers.get('access-control-expose-headers') ?? '').split(', ')
    assert.deepEqual(
      ['RateLimit', 'RateLimit-Policy', 'X-RateLimit-Limit'].map((each) => exposed.includes(each)),
      [true, true, true],
    )
    const { paths, components } = (await (await api.call('/openapi.json')).json()) as {
      components: { responses: Record<string, { headers: object }> }
      paths: Record<string, Record<string, { responses: Record<string, { headers?: object }> }>>
    }
    const responses = paths['/a']?.get?.responses
    const described = Object.keys(responses?.['204']?.headers ?? {})
    assert.deepEqual(
      described.filter((each) => each.includes('RateLimit')),
      ['RateLimit-Policy', 'RateLimit', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'],
    )
    assert.deepEqual(responses?.['429'], { $ref: '#/components/responses/TooManyRequests' })
    const headers = Object.keys(components.responses.TooManyRequests?.headers ?? {})
    assert.deepEqual(headers, [
      ...['X-Correlation-ID', 'Retry-After', 'RateLimit-Policy', 'RateLimit'],
      ...['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'],
    ])
  })
})

describe('a limit that cannot be read', () => {
  const reasonsOf = (options: Partial<AppOptions>, channel: Channel = {}): readonly string[] => {
    try {
      createApp({ log: 'silent', services: [serviceAt('/a', channel)], ...options })
      return []
    } catch (error) {
      assert.ok(error instanceof StartupError)
      return error.reasons
    }
  }
  const cases: readonly (readonly [NonNullable<Channel>['limit'], string])[] = [
    [
      'many',
      "has the rate 'many', which cannot be read: write one such as '100/minute', '10 per 5 seconds' or 'unlimited' or 'disallowed'",
    ],
    [{ rate: '5/s', burst: 3 }, "has a burst, which only the algorithm 'bucket' has"],
    [{ rate: '5/s', algorithm: 'bucket', burst: 0 }, 'has the burst 0: give a whole number of calls'],
    [{ rate: '5/s', name: 'größe' }, "has the name 'größe': give up to 64 characters of ASCII, since headers show it"],
    [
      { rate: '5/s', rules: [{ from: ['10.0.0.0/40'], rate: '1/s' }] },
      "has a rule from '10.0.0.0/40', which is no address: write one such as 10.0.0.7, 10.0.0.0/8 or private",
    ],
    [
      { rate: '5/s', rules: [{ timeZone: 'Europe/Berlin', rate: '1/s' }] },
      "has a rule with a 'timeZone', but without 'between'",
    ],
    [
      { rate: '5/s', rules: [{ rate: 'none' }] },
      "has a rule with the rate 'none', which cannot be read: write one such as '100/minute', '10 per 5 seconds' or 'unlimited' or 'disallowed'",
    ],
  ]
  for (const [limit, fault] of cases) {
    test(`keeps the app from starting: ${JSON.stringify(limit)}`, () => {
      assert.deepEqual(reasonsOf({}, { limit: limit as string }), [`the limit of GET /a (at-a) ${fault}`])
    })
  }

  test('is one with the name of another that says something else', () => {
    const name = 'all of it'
    const limit = { rate: '5/s', name }
    const wrong =
      'has the same name as that of GET /a (at-a), but says something else: limits of one name are one, so give it another'
    assert.deepEqual(reasonsOf({ services: [serviceAt('/a', { limit }), serviceAt('/b', { limit: '6/s' })] }), [])
    assert.deepEqual(
      reasonsOf({
        services: [
          serviceAt('/a', { limit: [limit, { rate: '9/s', name, by: 'caller' }] }),
          serviceAt('/b', { limit: { ...limit, rate: '5 per 1 second' } }),
        ],
      }),
      [],
    )
    assert.deepEqual(
      reasonsOf({ services: [serviceAt('/a', { limit }), serviceAt('/b', { limit: { ...limit, rate: '6/s' } })] }),
      [`the limit of GET /b (at-b) ${wrong}`],
    )
    assert.deepEqual(reasonsOf({}, { limit: [limit, { ...limit, algorithm: 'fixed' }] }), [
      `the limit of GET /a (at-a) ${wrong}`,
    ])
  })

  test('is told with where it stands', () => {
    assert.deepEqual(
      reasonsOf({
        security: { shop: apiKey({ key: 'key-of-the-shop', limit: 'a' }) },
        roles: { staff: { limit: 'b' } },
        failures: { address: 'c' },
        limitStore: 'http://localhost',
      }).map((each) => each.split(',')[0]),
      [
        "the setting failures.address has the rate 'c'",
        'the setting limitStore is no address of a Redis: write one such as redis://localhost:6379',
        "the limit of the security definition shop has the rate 'a'",
        "the limit of the role staff has the rate 'b'",
      ],
    )
  })
})
