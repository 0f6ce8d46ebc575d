import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { exportJWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { type AppOptions, bearer, createApp, get, role, scope, service } from 'trestle'
import { z } from 'zod'
import { handClock } from '../http/counting.ts'
import { answering } from './answering.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pemOf = (key: typeof rsa.publicKey): string => key.export({ type: 'spki', format: 'pem' }).toString()
const rsaPem = pemOf(rsa.publicKey)
const secret = 'a secret of 32 bytes, and of more'
const folder = mkdtempSync(join(tmpdir(), 'trestle-tokens-'))
after(() => rmSync(folder, { recursive: true }))

const whoami = service({
  name: 'whoami',
  output: z.object({
    username: z.string(),
    definition: z.string(),
    roles: z.array(z.string()),
    scopes: z.array(z.string()),
  }),
  on: get('/whoami', { security: 'people' }),
  handle: ({ caller: { username = '', definition = '', roles, scopes } }) => ({
    username,
    definition,
    roles: [...roles],
    scopes: [...scopes],
  }),
})
const guarded = service({
  name: 'guarded',
  on: get('/guarded', { security: 'people', allow: { allOf: [role('admin'), scope('orders:write')] } }),
  handle: () => {},
})

type Security = NonNullable<AppOptions['security']>
type Clock = ReturnType<typeof handClock>

async function served(security: Security, clock: Clock = handClock()) {
  const app = createApp({ title: 'Orders', log: 'silent', services: [whoami, guarded], security, clock, folder })
  const { url } = await app.listen({ port: 0 })
  const send = (token: string, path: string = '/whoami'): Promise<Response> =>
    fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token}` } })
  const refusal = async (token: string): Promise<readonly [status: number, code: string, detail: string]> => {
    const reply = await send(token)
    const { code = '', detail = '' } = (await reply.json()) as { code?: string; detail?: string }
    return [reply.status, code, detail]
  }
  return { send, refusal, clock, [Symbol.asyncDispose]: async () => void (await app.close({ deadline: 0 })) }
}

/** Where the clock of the tests stands, in seconds. */
const now = handClock().now().getTime() / 1000
const good = { sub: 'ada', iss: 'https://id.example.com', aud: 'orders', exp: now + 600 }

const signed = (
  claims: object,
  header: Partial<JWTHeaderParameters> = {},
  key: Parameters<SignJWT['sign']>[0] = ec.privateKey,
) => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header }).sign(key)
/** A token with whatever header and payload, signed by HMAC with some key. */
const hmac = (header: object, claims: object, key: string | Uint8Array): string => {
  const text = [header, claims].map((each) => Buffer.from(JSON.stringify(each)).toString('base64url')).join('.')
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

const people = bearer({
  jwt: {
    algorithms: ['ES256'],
    key: pemOf(ec.publicKey),
    issuer: 'https://id.example.com',
    audience: ['orders', 'stock'],
    type: 'at+jwt',
  },
})

describe('tokens of others', () => {
  test('let in whom they are for', async () => {
    await using api = await served({ people: { ...people, roles: ['employee'] } })
    const reply = await api.send(await signed({ ...good, scope: 'orders:read orders:write', roles: ['admin'] }))
    assert.deepEqual(
      [reply.status, await reply.json()],
      [
        200,
        {
          username: 'ada',
          definition: 'people',
          roles: ['employee', 'admin'],
          scopes: ['orders:read', 'orders:write'],
        },
      ],
    )
    const allowed = await signed({ ...good, scp: ['orders:write'], roles: 'admin' })
    assert.equal((await api.send(allowed, '/guarded')).status, 204)
    assert.equal((await api.send(await signed({ ...good, scp: 'orders:write' }), '/guarded')).status, 403)
  })

  test('are refused with the reason in the challenge', async () => {
    await using api = await served({ people })
    const reply = await api.send(await signed({ ...good, exp: now }))
    assert.equal(reply.status, 401)
    assert.equal(
      reply.headers.get('www-authenticate'),
      'Bearer realm="Orders", error="invalid_token", error_description="The token has expired"',
    )
  })

  const bad: readonly (readonly [what: string, token: () => Promise<string> | string, detail: string])[] = [
    ['expired', () => signed({ ...good, exp: now - 1 }), 'The token has expired'],
    ['early', () => signed({ ...good, nbf: now + 1 }), 'The token is not valid yet'],
    ['endless', () => signed({ ...good, exp: undefined }), 'The token does not say when it ends'],
    ['that ends at no time', () => signed({ ...good, exp: '2100' }), 'The token does not say when it ends'],
    ['for somebody else', () => signed({ ...good, aud: 'billing' }), 'The token is for somebody else'],
    ['for nobody', () => signed({ ...good, aud: undefined }), 'The token is for somebody else'],
    [
      'of another issuer',
      () => signed({ ...good, iss: 'https://id.example.com.evil.test' }),
      'The token was issued by somebody else',
    ],
    ['of no issuer', () => signed({ ...good, iss: undefined }), 'The token was issued by somebody else'],
    ['of another type', () => signed(good, { typ: 'JWT' }), 'The token is of another kind'],
    ['forged', () => signed(good, {}, other.privateKey), 'The signature of the token is wrong'],
    [
      'with other claims than were signed',
      async () => {
        const [header, , signature] = (await signed(good)).split('.')
        return [header, Buffer.from(JSON.stringify({ ...good, sub: 'root' })).toString('base64url'), signature].join(
          '.',
        )
      },
      'The signature of the token is wrong',
    ],
    [
      'unsigned',
      () => `${hmac({ alg: 'none' }, good, '').split('.').slice(0, 2).join('.')}.`,
      'The token is not signed',
    ],
    [
      'unsigned, with a signature',
      () => hmac({ alg: 'none' }, good, ''),
      'The algorithm of the token is not taken here',
    ],
    [
      'signed with the public key as a secret',
      () => hmac({ alg: 'HS256', typ: 'at+jwt' }, good, pemOf(ec.publicKey)),
      'The algorithm of the token is not taken here',
    ],
    [
      'of another algorithm in the header',
      () => hmac({ alg: 'ES256', typ: 'at+jwt' }, good, pemOf(ec.publicKey)),
      'The signature of the token is wrong',
    ],
    [
      'with a critical extension',
      () => hmac({ alg: 'ES256', crit: ['exp'], exp: 1 }, good, ''),
      'The token asks for something that is not known here',
    ],
    [
      'with a bare payload',
      () => hmac({ alg: 'ES256', crit: ['b64'], b64: false }, good, ''),
      'The token asks for something that is not known here',
    ],
    [
      'with a key of its own',
      async () => signed(good, { jwk: await exportJWK(other.publicKey) }, other.privateKey),
      'The signature of the token is wrong',
    ],
    [
      'with the address of a key of its own',
      async () => signed(good, { jku: 'https://evil.example/jwks', x5u: 'https://evil.example/x' }, other.privateKey),
      'The signature of the token is wrong',
    ],
    [
      'with an empty signature',
      async () => `${(await signed(good)).split('.').slice(0, 2).join('.')}.AA`,
      'The signature of the token is wrong',
    ],
    ['with another signature after it', async () => `${await signed(good)}.AA`, 'The token is malformed'],
    ['with padding', async () => `${await signed(good)}=`, 'The token is malformed'],
    ['that is none', () => 'opaque', 'The token is malformed'],
    ['that cannot be read', () => 'a,b', 'The token is not known'],
  ]
  for (const [what, token, detail] of bad) {
    test(`are refused when ${what}`, async () => {
      await using api = await served({ people })
      assert.deepEqual(await api.refusal(await token()), [401, 'invalid_token', detail])
    })
  }

  test('are refused when too long, also by an app whose headers may be longer', async () => {
    const app = createApp({ log: 'silent', services: [whoami], security: { people } })
    await using _ = app
    const token = await signed({ ...good, more: 'x'.repeat(20_000) })
    const reply = await app.fetch(new Request('http://x/whoami', { headers: { Authorization: `Bearer ${token}` } }))
    assert.equal(((await reply.json()) as { detail: string }).detail, 'The token is too long')
  })

  test('that end at a time which no number can hold are refused', async () => {
    await using api = await served({ people: bearer({ jwt: { algorithms: ['HS256'], key: secret } }) })
    const header = Buffer.from('{"alg":"HS256"}').toString('base64url')
    const text = `${header}.${Buffer.from('{"sub":"ada","exp":1e999}').toString('base64url')}`
    const token = `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    assert.deepEqual(await api.refusal(token), [401, 'invalid_token', 'The token is malformed'])
  })

  test('are of no other kind where no type is asked for', async () => {
    const { jwt } = people
    await using api = await served({ people: bearer({ jwt: { algorithms: ['ES256'], key: jwt?.key ?? '' } }) })
    for (const typ of ['JWT', 'at+jwt', 'application/at+jwt'])
      assert.equal((await api.send(await signed(good, { typ }))).status, 200)
    assert.deepEqual(await api.refusal(await signed(good, { typ: 'logout+JWT' })), [
      401,
      'invalid_token',
      'The token is of another kind',
    ])
  })

  test('may be a little late, may not be old, and have to say what is asked for', async () => {
    const clock = handClock()
    const security = {
      people: bearer({
        jwt: {
          ...{ algorithms: ['HS256'], key: secret, leeway: 5, maxAge: 60, claims: { 'org.id': 7, active: true } },
          from: { roles: 'realm_access.roles', scopes: 'https://example.com/rights', username: 'person.name' },
        },
      }),
    }
    await using api = await served(security, clock)
    const claims = {
      ...{
        org: { id: 7 },
        active: true,
        person: { name: 'ada' },
        realm_access: { roles: ['admin', 7] },
        exp: now + 100,
        iat: now,
      },
      'https://example.com/rights': ['orders:write'],
    }
    const token = hmac({ alg: 'HS256' }, claims, secret)
    const reply = await api.send(token)
    assert.deepEqual(await reply.json(), {
      username: 'ada',
      definition: 'people',
      roles: ['admin'],
      scopes: ['orders:write'],
    })
    const refused = async (more: object): Promise<string> =>
      (await api.refusal(hmac({ alg: 'HS256' }, { ...claims, ...more }, secret)))[2]
    assert.equal(await refused({ active: 'true' }), 'The token does not say what it has to say here')
    assert.equal(await refused({ org: { id: '7' } }), 'The token does not say what it has to say here')
    assert.equal(await refused({ iat: now - 66 }), 'The token is too old')
    assert.equal(await refused({ iat: undefined }), 'The token does not say when it was issued, or says a time to come')
    assert.equal(await refused({ iat: now + 6 }), 'The token does not say when it was issued, or says a time to come')
    // What was good a moment ago is so no longer than the token says.
    clock.pass(64)
    assert.equal((await api.send(token)).status, 200)
    clock.pass(2)
    assert.deepEqual(await api.refusal(token), [401, 'invalid_token', 'The token is too old'])
  })

  test('are taken by the definition that they are for, and refused with what says most', async () => {
    const of = (audience: string) => bearer({ jwt: { algorithms: ['HS256'], key: secret, audience } })
    const security = {
      shop: of('shop'),
      stock: of('stock'),
      keyed: bearer({ token: 'agreed' }),
      people: ['shop', 'keyed', 'stock'],
    }
    await using api = await served(security)
    const reply = await api.send(hmac({ alg: 'HS256' }, { ...good, aud: 'stock' }, secret))
    assert.equal(((await reply.json()) as { definition: string }).definition, 'stock')
    assert.equal((await api.send('agreed')).status, 200)
    const late = hmac({ alg: 'HS256' }, { ...good, aud: 'stock', exp: 1 }, secret)
    assert.deepEqual(await api.refusal(late), [401, 'invalid_token', 'The token has expired'])
  })
})

describe('keys', () => {
  test('at an address are rotated without a restart', async () => {
    const jwk = async (key: typeof rsa.publicKey, kid: string): Promise<object> => ({
      ...(await exportJWK(key)),
      kid,
      use: 'sig',
    })
    await using keys = await answering({ keys: [await jwk(ec.publicKey, 'one')] })
    await using api = await served({ people: bearer({ jwt: { algorithms: ['ES256', 'RS256'], jwks: keys.address } }) })
    const one = await signed(good, { kid: 'one' })
    assert.equal((await api.send(one)).status, 200)
    keys.answer = {
      body: JSON.stringify({ keys: [await jwk(other.publicKey, 'two'), await jwk(rsa.publicKey, 'three')] }),
    }
    const two = await signed(good, { kid: 'two' }, other.privateKey)
    assert.deepEqual(await api.refusal(two), [401, 'invalid_token', 'The key of the token is not known'])
    api.clock.pass(30)
    assert.equal((await api.send(two)).status, 200)
    assert.equal((await api.send(await signed(good, { alg: 'RS256', kid: 'three' }, rsa.privateKey))).status, 200)
    assert.equal((await api.send(await signed(good, { alg: 'RS256' }, rsa.privateKey))).status, 200)
    // The first token is remembered, but for five minutes only: its key was taken back.
    assert.equal((await api.send(one)).status, 200)
    api.clock.pass(270)
    assert.deepEqual(await api.refusal(one), [401, 'invalid_token', 'The key of the token is not known'])
    const confused = hmac({ alg: 'HS256', kid: 'three' }, good, rsaPem)
    assert.deepEqual(await api.refusal(confused), [
      401,
      'invalid_token',
      'The algorithm of the token is not taken here',
    ])
  })

  test('at an address that leads inward are not asked for', async () => {
    await using keys = await answering({ keys: [] })
    const jwks = keys.address.replace('http://127.0.0.1', 'https://localhost')
    await using api = await served({ people: bearer({ jwt: { algorithms: ['ES256'], jwks } }) })
    const [status, code, detail] = await api.refusal(await signed(good))
    assert.deepEqual([status, code, detail], [503, 'unavailable', 'Tokens cannot be checked at the moment'])
    assert.deepEqual(keys.questions, [])
    // The question goes out, and fails on plain http in place of TLS.
    await using inside = await served({ people: bearer({ jwt: { algorithms: ['ES256'], jwks, insideNetwork: true } }) })
    assert.equal((await inside.refusal(await signed(good)))[0], 503)
    assert.equal(keys.connections(), 1)
  })

  test('come from a file of the app, and from its environment', async () => {
    writeFileSync(join(folder, 'rsa.pem'), rsaPem)
    writeFileSync(join(folder, 'secret'), `${secret}\n`)
    process.env.TOKENS_TEST_SECRET = secret
    const security = {
      pem: bearer({ jwt: { algorithms: ['PS256', 'RS256'], keyFile: 'rsa.pem' } }),
      text: bearer({ jwt: { algorithms: ['HS256'], keyFile: 'secret' } }),
      people: ['pem', 'text'],
    }
    await using api = await served(security)
    assert.equal((await api.send(await signed(good, { alg: 'PS256' }, rsa.privateKey))).status, 200)
    assert.equal((await api.send(hmac({ alg: 'HS256' }, good, secret))).status, 200)
    const key = `\${TOKENS_TEST_SECRET}`
    await using filled = await served({ people: bearer({ jwt: { algorithms: ['HS256'], key } }) })
    assert.equal((await filled.send(hmac({ alg: 'HS256' }, good, secret))).status, 200)
    await using unset = await served({
      people: bearer({ jwt: { algorithms: ['HS256'], key: `\${TOKENS_TEST_UNSET}` } }),
    })
    assert.deepEqual(await unset.refusal(hmac({ alg: 'HS256' }, good, '')), [
      401,
      'invalid_token',
      'The token is not known',
    ])
  })
})
