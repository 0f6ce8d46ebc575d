import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { bearer, createApp, get, service } from 'trestle'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pemOf = (key: typeof rsa.publicKey): string => key.export({ type: 'spki', format: 'pem' }).toString()
const rsaPem = pemOf(rsa.publicKey)
const secret = 'a secret of 32 bytes, and of more'
const whoami = service({ name: 'whoami', on: get('/whoami', { security: 'people' }), handle: () => {} })

describe('settings of tokens that cannot hold keep the app from starting', () => {
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
  type Jwt = NonNullable<Parameters<typeof bearer>[0]['jwt']>
  const faults: readonly (readonly [jwt: Jwt, sentence: RegExp])[] = [
    [{ algorithms: [], key: secret }, /security\.people\.jwt\.algorithms is empty/],
    [
      { algorithms: ['none' as 'HS256'], key: secret },
      /jwt\.algorithms has none, with which anybody could make tokens/,
    ],
    [{ algorithms: ['HS255' as 'HS256'], key: secret }, /jwt\.algorithms has HS255: give some of HS256/],
    [
      { algorithms: ['HS256', 'RS256'], key: rsaPem },
      /jwt\.algorithms mixes HS256, whose key is a secret, with others/,
    ],
    [{ algorithms: ['HS256'], key: 'short' }, /jwt\.key does not fit HS256, which needs a secret of at least 32 bytes/],
    [{ algorithms: ['HS256'], key: rsaPem }, /jwt\.key is in PEM, but HS algorithms need a secret/],
    [
      { algorithms: ['RS256'], key: pemOf(small.publicKey) },
      /jwt\.key does not fit RS256, which needs an RSA key of at least 2048 bits/,
    ],
    [{ algorithms: ['ES256', 'RS256'], key: rsaPem }, /jwt\.key does not fit ES256, which needs an EC key on P-256/],
    [
      { algorithms: ['RS256'], key: rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
      /jwt\.key is a private key/,
    ],
    [{ algorithms: ['RS256'], key: randomBytes(64).toString('hex') }, /jwt\.key is no PEM/],
    [
      { algorithms: ['RS256'], key: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' },
      /jwt\.key holds no public key/,
    ],
    [{ algorithms: ['RS256'], keyFile: 'nowhere.pem' }, /jwt\.keyFile is .*nowhere\.pem, which cannot be read/],
    [{ algorithms: ['RS256'] }, /jwt has no keys: give it 'key', 'keyFile' or 'jwks'/],
    [{ algorithms: ['RS256'], key: rsaPem, jwks: 'https://a.test' }, /jwt has key and jwks: give it one of them/],
    [{ algorithms: ['HS256'], jwks: 'https://a.test' }, /jwt\.jwks gives public keys, but HS algorithms need a secret/],
    [{ algorithms: ['RS256'], jwks: 'http://a.test/jwks' }, /jwt\.jwks is not safe from being changed on the way/],
    [{ algorithms: ['HS256'], key: secret, leeway: -1 }, /jwt\.leeway is -1/],
    [{ algorithms: ['HS256'], key: secret, maxAge: 0 }, /jwt\.maxAge is 0/],
  ]
  for (const [jwt, sentence] of faults) {
    test(String(sentence), () => {
      assert.throws(
        () => createApp({ log: 'silent', services: [whoami], security: { people: bearer({ jwt }) } }),
        (error: Error) => {
          assert.match(error.message, sentence)
          assert.ok(!error.message.includes('PRIVATE KEY-----') && !error.message.includes(secret))
          return true
        },
      )
    })
  }

  test('also those of a bearer definition that takes nothing', () => {
    const start = () => createApp({ log: 'silent', services: [whoami], security: { people: bearer({}) } })
    assert.throws(start, /security\.people takes no tokens: give it 'token', 'jwt', 'introspection' or 'issued'/)
  })
})

describe('tokens for the users that the app keeps itself', () => {
  const security = { people: bearer({ issued: true }) }

  test("are given out where the app has 'users'", async () => {
    await using app = createApp({ log: 'silent', services: [whoami], security, tokens: {}, users: {}, mode: 'test' })
    await app.invoke('trestle.security.create-user', { username: 'ada', password: 'a good long phrase' })
    const body = new URLSearchParams({ username: 'ada', password: 'a good long phrase' })
    const reply = await app.fetch(new Request('http://localhost/token', { method: 'POST', body }))
    assert.equal(reply.status, 200)
    const { access_token } = (await reply.json()) as { access_token: string }
    const headers = { Authorization: `Bearer ${access_token}` }
    assert.equal((await app.fetch(new Request('http://localhost/whoami', { headers }))).status, 204)
  })

  test('need somebody to be given to', () => {
    const start = () => createApp({ log: 'silent', services: [whoami], security, tokens: {} })
    assert.throws(start, /tokens has nobody to give tokens to: give it 'clients', or the app 'users' or a 'login'/)
  })
})
