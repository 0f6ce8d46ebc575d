import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { describe, test } from 'node:test'
import { bearer } from 'trestle'
import { handClock } from '../http/counting.ts'
import { headerOf, jsonOf } from '../http/raw-connection.ts'
import { answering } from './answering.ts'
import { attacked, me } from './attacked.ts'

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const secret = 'a secret of 32 bytes, and of more'
const now = handClock().now().getTime() / 1000
const good = { sub: 'ada', iss: 'https://id.example.com', aud: 'orders', exp: now + 600 }

const part = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
/** A token with whatever header and payload, signed with HMAC. */
const signed = (claims: object | string, header: object | string = { alg: 'HS256' }, key: string = secret): string => {
  const text = `${part(header)}.${part(claims)}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}
const unsigned = (alg: string, signature: string): string => `${part({ alg })}.${part(good)}.${signature}`

const shared = bearer({
  jwt: { algorithms: ['HS256'], key: secret, issuer: 'https://id.example.com', audience: 'orders' },
})
const byPublicKey = bearer({ jwt: { algorithms: ['ES256'], key: publicPem, audience: 'orders' } })

const spellings = ['none', 'None', 'NONE', 'nOnE', 'none ', '', 'hs256', 'HS256 ', 'HS512', 'constructor', '__proto__']

const refused: Readonly<Record<string, readonly (readonly [what: string, token: string])[]>> = {
  'The signature of the token is wrong': [
    ['forged', signed(good, undefined, 'another secret of 32 bytes or more')],
    ['with a signature cut short', signed(good).slice(0, -3)],
    [
      'with the signature of another',
      `${signed({ ...good, sub: 'root' })
        .split('.', 2)
        .join('.')}.${signed(good).split('.')[2]}`,
    ],
  ],
  'The token has expired': [['expired', signed({ ...good, exp: now })]],
  'The token is not valid yet': [['early', signed({ ...good, nbf: now + 1 })]],
  'The token does not say when it ends': [
    ['without an end', signed({ ...good, exp: undefined })],
    ['that ends at no time', signed({ ...good, exp: null })],
  ],
  'The token is for somebody else': [
    ['of another audience', signed({ ...good, aud: 'orders2' })],
    ['of an audience in other letters', signed({ ...good, aud: 'Orders' })],
    ['of an audience that is an object', signed({ ...good, aud: { orders: true } })],
  ],
  'The token was issued by somebody else': [
    ['of another issuer', signed({ ...good, iss: 'https://id.example.com/' })],
    ['of two issuers', signed({ ...good, iss: ['https://id.example.com', 'https://evil.example'] })],
  ],
  'The token is of another kind': [
    ['of another kind', signed(good, { alg: 'HS256', typ: 'logout+jwt' })],
    ['of another kind, spelt in full', signed(good, { alg: 'HS256', typ: 'application/DPOP+JWT' })],
  ],
  'The token is not signed': spellings.map((alg) => [`unsigned as '${alg}'`, unsigned(alg, '')]),
  'The algorithm of the token is not taken here': spellings.map((alg) => [
    `of the algorithm '${alg}'`,
    unsigned(alg, 'AAAA'),
  ]),
  'The token is malformed': [
    ['without a signature', signed(good).split('.', 2).join('.')],
    ['with a member twice', signed(`{"sub":"ada","aud":"orders","exp":${now - 9},"exp":${now + 9}}`)],
    ['with a header twice', signed(good, '{"alg":"none","alg":"HS256"}')],
    ['that is a list', signed('[]')],
    ['whose header has no algorithm', signed(good, {})],
    ['whose algorithm is a list', signed(good, { alg: ['HS256'] })],
    ['with bytes that are no text', `${part({ alg: 'HS256' })}._w.AAAA`],
    ['in base64 with bits left over', `${signed(good).slice(0, -1)}_`],
  ],
  'The token is encrypted, which is not taken here': [['encrypted', 'e30.AAAA.AAAA.AAAA.AAAA']],
  'The token asks for something that is not known here': [
    ['compressed', signed(good, { alg: 'HS256', zip: 'DEF' })],
    ['with an extension', signed(good, { alg: 'HS256', crit: ['exp'] })],
  ],
}

describe('a token lets nobody in', () => {
  test('whatever is wrong with it: 401, why, a challenge and an event', async () => {
    await using api = await attacked({ services: [me], security: { shared, all: ['shared'] }, failures: false })
    for (const [detail, tokens] of Object.entries(refused)) {
      for (const [what, token] of tokens) {
        const reply = await api.ask('GET /me', { Authorization: `Bearer ${token}` })
        api.assertRefused(reply, 401, 'invalid_token', what)
        assert.equal(jsonOf(reply).detail, detail, what)
        const challenge = `Bearer realm="Orders", error="invalid_token", error_description="${detail}"`
        assert.equal(headerOf(reply, 'www-authenticate'), challenge, what)
      }
    }
    assert.equal((await api.ask('GET /me', { Authorization: `Bearer ${signed(good)}` })).status, 200)
  })

  test('that is signed with the public key as if it were a secret', async () => {
    await using api = await attacked({ services: [me], security: { all: byPublicKey } })
    for (const key of [
      publicPem,
      publicPem.trim(),
      publicKey.export({ type: 'spki', format: 'der' }).toString('latin1'),
    ]) {
      for (const alg of ['HS256', 'ES256']) {
        const reply = await api.ask('GET /me', { Authorization: `Bearer ${signed(good, { alg }, key)}` })
        api.assertRefused(reply, 401, 'invalid_token', alg)
      }
    }
  })

  test('that names a key by a path, an address or a question to a database', async () => {
    await using keys = await answering({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] })
    const jwt = { algorithms: ['ES256'], jwks: keys.address, audience: 'orders' } as const
    await using api = await attacked({ services: [me], security: { all: bearer({ jwt }) }, failures: false })
    for (const kid of [
      '../../dev/null',
      "' OR 1=1",
      'https://evil.example/jwks',
      '__proto__',
      'constructor',
      'k1\0',
      '',
    ]) {
      const reply = await api.ask('GET /me', { Authorization: `Bearer ${signed(good, { alg: 'ES256', kid })}` })
      api.assertRefused(reply, 401, 'invalid_token', kid)
    }
    // Made-up names do not become a flood of questions.
    assert.equal(keys.questions.length, 1)
  })

  test('whose key would have to be fetched from inside the network: 503, and nothing is asked', async () => {
    await using inside = await answering({ keys: [] })
    const local = inside.address.replace('http://127.0.0.1', 'https://localhost')
    for (const jwks of [
      local,
      'https://169.254.169.254/latest/meta-data',
      'https://[::ffff:10.0.0.5]/',
      'https://0/',
    ]) {
      const security = { all: bearer({ jwt: { algorithms: ['ES256'], jwks } }) }
      await using api = await attacked({ services: [me], security })
      const reply = await api.ask('GET /me', { Authorization: `Bearer ${signed(good, { alg: 'ES256' })}` })
      assert.deepEqual([reply.status, jsonOf(reply).code], [503, 'unavailable'], jwks)
      const told = api.events().map(({ type, subject }) => [type, subject])
      assert.deepEqual(told, [['address.refused', `address:${new URL(jwks).origin}`]])
      assert.doesNotMatch(String(reply.body), /inward|169\.254|localhost/, 'nothing of the network is told')
    }
    assert.equal(inside.connections(), 0)
  })

  test('of a definition made over HTTP that leads to the machine itself, or into its network by a setting', async () => {
    await using api = await attacked({ services: [me], security: { all: [] } })
    const jwt = { algorithms: ['ES256'], jwks: 'https://id.example.com/jwks' }
    const settings: readonly object[] = [
      ...[
        'https://127.0.0.1:8443/',
        'https://2130706433/',
        'https://[::1]/',
        'http://id.example.com/',
        'file:///etc/passwd',
      ].flatMap((address) => [
        { jwt: { ...jwt, jwks: address } },
        { introspection: { address, clientId: 'x', clientSecret: 'y' } },
      ]),
      { jwt: { ...jwt, insideNetwork: true } },
      { jwt: { algorithms: ['HS256'], keyFile: '/etc/passwd' } },
    ]
    for (const each of settings) {
      const input = { name: 'people', kind: 'bearer', settings: each }
      await assert.rejects(api.app.invoke('trestle.security.create-definition', input), { code: 'invalid_input' })
    }
    await api.app.invoke('trestle.security.create-definition', { name: 'people', kind: 'bearer', settings: { jwt } })
  })

  test('nor is the secret for one server sent to another, whoever changes the address of the question', async () => {
    await using api = await attacked({ services: [me], security: { all: [] } })
    const introspection = { address: 'https://id.example.com/a', clientId: 'x', clientSecret: 'hush-hush' }
    const input = { name: 'people', kind: 'bearer', settings: { introspection } }
    await api.app.invoke('trestle.security.create-definition', input)
    const change = (address: string) =>
      api.app.invoke('trestle.security.change-definition', {
        ...{ name: 'people', settings: { introspection: { address, clientId: 'x' } } },
      })
    await assert.rejects(change('https://evil.example/a'), { code: 'invalid_input' })
    await change('https://id.example.com/b')
  })

  test('that is longer than any token: the head of the request is refused before it is read', async () => {
    await using api = await attacked({ services: [me], security: { all: shared } })
    const reply = await api.ask('GET /me', { Authorization: `Bearer ${signed({ ...good, more: 'x'.repeat(65_536) })}` })
    assert.deepEqual([reply.status, jsonOf(reply).code], [431, 'headers_too_large'])
    const big = await api.ask('GET /me', { Authorization: `Bearer ${signed({ ...good, more: 'x'.repeat(10_000) })}` })
    assert.equal(big.status, 200)
  })

  test('when its time is over a moment later, though it was good before', async () => {
    await using api = await attacked({ services: [me], security: { all: shared } })
    const headers = { Authorization: `Bearer ${signed({ ...good, exp: now + 2 })}` }
    assert.equal((await api.ask('GET /me', headers)).status, 200)
    api.clock.pass(2)
    api.assertRefused(await api.ask('GET /me', headers), 401, 'invalid_token')
  })
})
