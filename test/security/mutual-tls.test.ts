import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { connect } from 'node:tls'
import { type AppOptions, createApp, get, mutualTls, service } from 'trestle'
import { z } from 'zod'
import { skipWithout } from '../machine.ts'
import { type Certificates, certificates, openssl, type Pair } from './certificates.ts'

const skip = skipWithout('openssl', openssl())

const whoami = service({
  name: 'whoami',
  output: z.object({ definition: z.string().optional(), origin: z.string() }),
  on: [get('/whoami', { security: 'partners' }), get('/open')],
  handle: ({ caller, http }) => ({ definition: caller.definition, origin: http?.origin ?? '' }),
})

let made: Certificates
let server: Pair
let hr: Pair
let stranger: Pair
before(() => {
  if (skip !== false) return
  made = certificates()
  server = made.make('server', '/CN=localhost', { names: 'DNS:localhost,IP:127.0.0.1' })
  hr = made.make('hr', '/O=Example/CN=hr', { names: 'DNS:hr.example.com,URI:spiffe://example/hr,email:hr@example.com' })
  stranger = made.make('stranger', '/O=Example/CN=hr', { names: 'DNS:hr.example.com', by: 'self' })
})
after(() => made?.remove())

const fingerprintOf = ({ cert }: Pair): string => new X509Certificate(cert).fingerprint256
const hrBySubject = { partners: mutualTls({ subjects: ['CN=hr,O=Example'] }) }

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: IncomingMessage['headers']
}

/** Sends a GET, over TLS with the certificate of a client if one is given, on a connection of its own. */
async function ask(url: string, client?: Pair, headers: Record<string, string> = {}): Promise<Answer> {
  const options = { headers, agent: false as const }
  const asking = url.startsWith('https')
    ? secureRequest(url, { ...options, ca: made.ca, ...client })
    : plainRequest(url, options)
  asking.end()
  const [reply] = (await once(asking, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of reply) chunks.push(chunk as Buffer)
  return { status: reply.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()), headers: reply.headers }
}

const appOf = (options: Omit<AppOptions, 'services'>) =>
  createApp({ title: 'Orders', log: 'silent', services: [whoami], security: hrBySubject, ...options })

async function listening(options: Omit<AppOptions, 'services'>) {
  const app = appOf(options)
  const { url, port } = await app.listen({ port: 0 })
  return { url, port, app, [Symbol.asyncDispose]: async () => void (await app.close({ deadline: 0 })) }
}

const asking = (security: AppOptions['security'] = hrBySubject, clientCertificates: 'ask' | 'require' = 'ask') => ({
  security,
  tls: { ...server, ca: made.ca, clientCertificates },
})

describe('https', { skip }, () => {
  test('is served by the settings of an app, with files of its folder', async () => {
    const tls = { keyFile: 'server.key', certFile: 'server.pem' }
    await using api = await listening({ tls, folder: made.folder })
    assert.equal(api.url, `https://127.0.0.1:${api.port}`)
    const { status, body } = await ask(`${api.url}/open`)
    assert.deepEqual([status, body], [200, { origin: `https://127.0.0.1:${api.port}` }])
  })

  test('is served where the app is told so when it listens', async () => {
    const app = appOf({})
    await using _ = app
    const { url } = await app.listen({ port: 0, tls: server })
    assert.match(url, /^https:/)
    assert.equal((await ask(`${url}/open`)).status, 200)
  })

  test('has nothing to say to those who speak without it, and goes on', async () => {
    await using api = await listening({ tls: server })
    const socket = connectPlain(api.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.resume().write('GET /open HTTP/1.1\r\nHost: a\r\n\r\n')
    await once(socket, 'close')
    assert.equal(socket.bytesRead < 100, true)
    assert.equal((await ask(`${api.url}/open`)).status, 200)
  })

  test('stops although a handshake has begun that never ends', async () => {
    const api = await listening({ tls: server })
    const socket = connectPlain(api.port, '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    const closed = once(socket.resume(), 'close')
    assert.equal((await ask(`${api.url}/open`)).status, 200)
    assert.equal(await api.app.close({ deadline: 0 }), 0)
    await closed
  })

  test('lets a call in flight finish while it stops', async () => {
    let begun = (): void => {}
    let finish = (): void => {}
    const running = new Promise<void>((resolve) => {
      begun = resolve
    })
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const slow = service({
      name: 'slow',
      output: z.object({ done: z.boolean() }),
      on: get('/slow'),
      handle: async () => {
        begun()
        await finished
        return { done: true }
      },
    })
    const app = createApp({ log: 'silent', services: [slow], tls: server })
    const { url } = await app.listen({ port: 0 })
    const reply = ask(`${url}/slow`)
    await running
    const stopping = app.close({ deadline: 5000 })
    finish()
    assert.deepEqual((await reply).body, { done: true })
    assert.equal(await stopping, 0)
  })

  test('keeps the app from starting when it cannot be served', () => {
    const tls = (settings: NonNullable<AppOptions['tls']>) => () => appOf({ tls: settings, folder: made.folder })
    assert.throws(tls({ cert: server.cert }), /tls has no key: give it 'keyFile', or 'key' as a text in PEM/)
    assert.throws(tls({ ...server, certFile: 'server.pem' }), /tls has cert and certFile: give it one of them/)
    assert.throws(tls({ keyFile: 'no.key', cert: server.cert }), /tls\.keyFile is .*no\.key, which cannot be read/)
    assert.throws(tls({ key: server.key, cert: hr.cert }), /tls cannot be used .* belong together/)
    assert.throws(tls({ key: 'secret', cert: hr.cert }), (error: Error) => !error.message.includes('secret'))
    assert.throws(tls({ ...server, clientCertificates: 'ask' }), /nothing says who signs them/)
    const wish = 'maybe' as 'ask'
    assert.throws(tls({ ...server, ca: made.ca, clientCertificates: wish }), /tls\.clientCertificates is 'maybe'/)
  })

  test('given at the last moment is refused alike', async () => {
    await using app = appOf({})
    await assert.rejects(app.listen({ port: 0, tls: { key: 'x', cert: 'y' } }), /tls cannot be used/)
  })
})

describe('a client certificate', { skip }, () => {
  const definitions: readonly (readonly [what: string, security: () => ReturnType<typeof mutualTls>])[] = [
    ['its subject', () => hrBySubject.partners],
    ['its fingerprint', () => mutualTls({ fingerprints: [fingerprintOf(hr)] })],
    [
      'its fingerprint without colons',
      () => mutualTls({ fingerprints: [fingerprintOf(hr).replaceAll(':', '').toLowerCase()] }),
    ],
    ['its host name', () => mutualTls({ names: ['DNS:HR.example.com'] })],
    ['its address', () => mutualTls({ names: ['URI:spiffe://example/hr'] })],
    ['its mail address', () => mutualTls({ names: ['URI:x', 'email:hr@example.com'] })],
  ]
  for (const [what, security] of definitions) {
    test(`lets in by ${what}`, async () => {
      await using api = await listening(asking({ partners: security() }))
      const { status, body } = await ask(`${api.url}/whoami`, hr)
      assert.deepEqual([status, body.definition], [200, 'partners'])
    })
  }

  test('that is not there, or that nobody has signed, lets nobody in', async () => {
    await using api = await listening(asking())
    for (const client of [undefined, stranger]) {
      const { status, body, headers } = await ask(`${api.url}/whoami`, client)
      assert.deepEqual([status, body.code], [401, 'unauthorized'])
      assert.equal(headers['www-authenticate'], 'Mutual realm="Orders"')
    }
    assert.equal((await ask(`${api.url}/open`, stranger)).status, 200)
  })

  test('that belongs to no definition lets nobody in', async () => {
    await using api = await listening(
      asking({ partners: mutualTls({ subjects: ['CN=hr', 'O=Example,CN=hr', 'CN=HR,O=Example'] }) }),
    )
    const { status, body } = await ask(`${api.url}/whoami`, hr)
    assert.deepEqual([status, body.detail], [401, 'The certificate is not known'])
  })

  test('may be asked of everybody who connects', async () => {
    await using api = await listening(asking(hrBySubject, 'require'))
    assert.equal((await ask(`${api.url}/whoami`, hr)).status, 200)
    await assert.rejects(ask(`${api.url}/open`))
    await assert.rejects(ask(`${api.url}/open`, stranger))
  })

  test('is still known on a connection that is resumed, also with the other version of TLS', async () => {
    await using api = await listening(asking())
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const call = async (session?: Buffer): Promise<readonly [text: string, reused: boolean, session: Buffer]> => {
        const socket = connect({ port: api.port, ca: made.ca, ...hr, maxVersion, session, servername: 'localhost' })
        const given = session === undefined ? once(socket, 'session') : [session]
        await once(socket, 'secureConnect')
        const reused = socket.isSessionReused()
        socket.write('GET /whoami HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
        const chunks: Buffer[] = []
        for await (const chunk of socket) chunks.push(chunk as Buffer)
        return [Buffer.concat(chunks).toString(), reused, (await given)[0] as Buffer]
      }
      const [first, , session] = await call()
      assert.match(first, /"definition":"partners"/)
      const [again, reused] = await call(session)
      assert.equal(reused, true)
      assert.match(again, /"definition":"partners"/)
    }
  })

  test('counts between its first and its last moment', async () => {
    const { validFromDate, validToDate } = new X509Certificate(hr.cert)
    let time = validFromDate.getTime()
    const clock = { now: () => new Date(time), elapsed: () => time }
    await using api = await listening({ ...asking(), clock })
    const statusAt = async (moment: number): Promise<number> => {
      time = moment
      return (await ask(`${api.url}/whoami`, hr)).status
    }
    assert.equal(await statusAt(validFromDate.getTime() - 1), 401)
    assert.equal(await statusAt(validFromDate.getTime()), 200)
    assert.equal(await statusAt(validToDate.getTime()), 200)
    assert.equal(await statusAt(validToDate.getTime() + 1), 401)
  })
})

describe('a certificate that a proxy passes on', { skip }, () => {
  const bytes = (): string => `:${new X509Certificate(hr.cert).raw.toString('base64')}:`
  const encoded = (): string => encodeURIComponent(hr.cert)
  const behind = (clientCertificateHeader: string, trustedProxies: readonly string[] = ['loopback']) =>
    listening({ security: hrBySubject, trustedProxies, clientCertificateHeader })

  test('lets in, as RFC 9440 and as nginx write it', async () => {
    await using standard = await behind('Client-Cert')
    assert.equal((await ask(`${standard.url}/whoami`, undefined, { 'Client-Cert': bytes() })).status, 200)
    await using nginx = await behind('X-SSL-Client-Cert')
    assert.equal((await ask(`${nginx.url}/whoami`, undefined, { 'X-SSL-Client-Cert': encoded() })).status, 200)
  })

  test('is believed from trusted proxies only, and from the one header only', async () => {
    await using far = await behind('Client-Cert', ['10.0.0.0/8'])
    assert.equal((await ask(`${far.url}/whoami`, undefined, { 'Client-Cert': bytes() })).status, 401)
    const claimed = { 'Client-Cert': bytes(), 'X-Forwarded-For': '10.0.0.1' }
    assert.equal((await ask(`${far.url}/whoami`, undefined, claimed)).status, 401)
    await using other = await behind('X-SSL-Client-Cert')
    assert.equal((await ask(`${other.url}/whoami`, undefined, { 'Client-Cert': bytes() })).status, 401)
    await using none = await listening({ security: hrBySubject, trustedProxies: ['loopback'] })
    assert.equal((await ask(`${none.url}/whoami`, undefined, { 'Client-Cert': bytes() })).status, 401)
  })

  test('that cannot be read is none', async () => {
    await using api = await behind('Client-Cert')
    for (const value of [
      '',
      ':',
      '::',
      'null',
      ':AAAA:',
      bytes().slice(1),
      `${bytes()}, ${bytes()}`,
      '%',
      encoded().slice(0, 80),
    ]) {
      assert.equal((await ask(`${api.url}/whoami`, undefined, { 'Client-Cert': value })).status, 401)
    }
  })

  test('counts in place of the one that the proxy shows for itself', async () => {
    const proxied = { trustedProxies: ['loopback'], clientCertificateHeader: 'Client-Cert' }
    await using api = await listening({ ...asking(), ...proxied })
    assert.equal((await ask(`${api.url}/whoami`, hr)).status, 401)
    assert.equal((await ask(`${api.url}/whoami`, hr, { 'Client-Cert': bytes() })).status, 200)
  })

  test('needs settings that hold', () => {
    assert.throws(() => appOf({ clientCertificateHeader: 'Client-Cert' }), /name them in trustedProxies/)
    const bad = { trustedProxies: ['loopback'], clientCertificateHeader: 'Client Cert' }
    assert.throws(() => appOf(bad), /clientCertificateHeader is 'Client Cert'/)
  })
})

test('a definition that names no certificate keeps the app from starting', () => {
  const start = (definition: ReturnType<typeof mutualTls>) => () => appOf({ security: { partners: definition } })
  assert.throws(
    start(mutualTls({})),
    /security\.partners names no certificate: give it 'fingerprints', 'subjects' or 'names'/,
  )
  assert.throws(start(mutualTls({ fingerprints: ['AB:CD'] })), /security\.partners has the fingerprint 'AB:CD'/)
  assert.throws(start(mutualTls({ subjects: ['hr'] })), /security\.partners has the subject 'hr'/)
  assert.throws(start(mutualTls({ names: ['hr.example.com'] })), /security\.partners has the name 'hr\.example\.com'/)
})
