import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import type { Person, SecurityEvent } from 'trestle'
import { basicOf, dataFolder, people, serveTokens, setClock, type TokenServer, type Tokens } from './token-app.ts'

async function renewed(api: TokenServer, refresh_token: string, more: Record<string, string> = {}) {
  const reply = await api.send('/token', { grant_type: 'refresh_token', refresh_token, ...more })
  const body = (await reply.json()) as Tokens & { readonly error?: string }
  return { status: reply.status, body, error: body.error }
}

describe('refresh tokens', () => {
  test('are good once, each for the next', async () => {
    const clock = setClock()
    await using api = await serveTokens({ app: { clock } })
    const first = await api.logIn()
    clock.forward(1800)
    assert.equal(await api.statusOf('/me', first.access_token), 401)
    const second = await renewed(api, first.refresh_token)
    assert.equal(second.status, 200)
    assert.deepEqual(
      [second.body.scope, second.body.expires_in, second.body.token_type],
      ['orders:read orders:write', 1800, 'Bearer'],
    )
    assert.notEqual(second.body.refresh_token, first.refresh_token)
    assert.equal(await api.statusOf('/admin', second.body.access_token), 200)
    assert.equal((await renewed(api, second.body.refresh_token)).status, 200)
  })

  test('that are used twice end all that followed from the login, at once', async () => {
    const events: SecurityEvent[] = []
    await using api = await serveTokens({ events })
    const first = await api.logIn()
    const other = await api.logIn()
    const second = await renewed(api, first.refresh_token)
    assert.equal(await api.statusOf('/me', first.access_token), 200)
    assert.equal(await api.statusOf('/me', second.body.access_token), 200)
    assert.deepEqual((await renewed(api, first.refresh_token)).error, 'invalid_grant')
    assert.equal((await renewed(api, second.body.refresh_token)).error, 'invalid_grant')
    assert.equal(await api.statusOf('/me', first.access_token), 401)
    assert.equal(await api.statusOf('/me', second.body.access_token), 401)
    const reused = events.filter(({ type }) => type === 'token.reused')
    assert.deepEqual([reused.length, reused[0]?.username, reused[0]?.code], [1, 'ada', 'invalid_grant'])
    assert.equal(await api.statusOf('/me', other.access_token), 200)
    assert.equal((await renewed(api, other.refresh_token)).status, 200)
  })

  test('that are used by many at once are good for one of them', async () => {
    await using api = await serveTokens()
    const { refresh_token } = await api.logIn()
    const all = await Promise.all(Array.from({ length: 20 }, () => renewed(api, refresh_token)))
    assert.equal(all.filter(({ status }) => status === 200).length, 1)
    assert.equal(all.filter(({ status, error }) => status === 400 && error === 'invalid_grant').length, 19)
  })

  test('give fewer scopes, never more, and keep those of the login', async () => {
    await using api = await serveTokens()
    const first = await api.logIn({ scope: 'orders:read' })
    assert.equal(first.scope, 'orders:read')
    assert.equal((await renewed(api, first.refresh_token, { scope: 'orders:write' })).error, 'invalid_scope')
    const whole = await api.logIn()
    const less = await renewed(api, whole.refresh_token, { scope: 'orders:read' })
    assert.equal(less.body.scope, 'orders:read')
    assert.equal((await renewed(api, less.body.refresh_token)).body.scope, 'orders:read orders:write')
  })

  test('follow what becomes of the person', async () => {
    const known = people()
    await using api = await serveTokens({ people: known })
    const first = await api.logIn()
    known.set('ada', { username: 'ada', scopes: ['orders:read'] })
    const second = await renewed(api, first.refresh_token)
    assert.deepEqual([second.body.scope, decodeJwt(second.body.access_token).roles], ['orders:read', undefined])
    known.set('ada', { username: 'ada', stamp: 'a new password' } satisfies Person)
    assert.equal((await renewed(api, second.body.refresh_token)).error, 'invalid_grant')
    assert.equal(await api.statusOf('/me', second.body.access_token), 401)
    const third = await api.logIn()
    known.delete('ada')
    assert.equal((await renewed(api, third.refresh_token)).error, 'invalid_grant')
  })

  test('end with the login that they follow from', async () => {
    const clock = setClock()
    await using api = await serveTokens({ app: { clock }, tokens: { refresh: { lifetime: 3600 } } })
    const first = await api.logIn()
    clock.forward(3000)
    const second = await renewed(api, first.refresh_token)
    assert.equal(second.status, 200)
    clock.forward(600)
    assert.equal((await renewed(api, second.body.refresh_token)).error, 'invalid_grant')
  })
})

describe('tokens that are given up', () => {
  test('let nobody in from then on, also in other processes of the data folder', async () => {
    await using folder = await dataFolder()
    const app = { data: folder.data }
    await using api = await serveTokens({ app })
    await using other = await serveTokens({ app })
    const { access_token, refresh_token } = await api.logIn()
    const { access_token: spared } = await api.logIn()
    for (const each of [api, other]) assert.equal(await each.statusOf('/me', access_token), 200)
    const reply = await api.send('/revoke', { token: access_token })
    assert.deepEqual([reply.status, await reply.text(), reply.headers.get('cache-control')], [200, '', 'no-store'])
    for (const each of [api, other]) {
      assert.equal(await each.statusOf('/me', access_token), 401)
      assert.equal(await each.statusOf('/me', spared), 200)
    }
    const next = (await renewed(other, refresh_token)).body
    assert.equal(await other.statusOf('/me', next.access_token), 200)
    assert.equal(
      (await other.send('/revoke', { token: next.refresh_token, token_type_hint: 'refresh_token' })).status,
      200,
    )
    for (const each of [api, other]) assert.equal(await each.statusOf('/me', next.access_token), 401)
    assert.equal((await renewed(api, next.refresh_token)).error, 'invalid_grant')
  })

  test('are told of; of what is no token nothing is said', async () => {
    const events: SecurityEvent[] = []
    await using api = await serveTokens({ events })
    const { access_token } = await api.logIn()
    await api.send('/revoke', { token: access_token })
    assert.deepEqual(
      events.filter(({ type }) => type === 'token.revoked').map(({ username, subject }) => [username, subject]),
      [['ada', `token:${String(decodeJwt(access_token).jti)}`]],
    )
    for (const token of ['unknown', access_token, `${access_token}x`, 'a.b.c'])
      assert.equal((await api.send('/revoke', { token })).status, 200)
    assert.equal((await api.send('/revoke', {})).status, 400)
  })

  test('are those of the client that asks', async () => {
    const clients = {
      reports: { secret: 'secret of reports' },
      till: { secret: 'secret of till' },
    }
    await using api = await serveTokens({ tokens: { clients } })
    const form = { grant_type: 'client_credentials' }
    const got = await api.send('/token', form, basicOf('reports', 'secret of reports'))
    const { access_token: token } = (await got.json()) as Tokens
    assert.equal((await api.send('/revoke', { token })).status, 401)
    const other = await api.send('/revoke', { token }, basicOf('till', 'secret of till'))
    assert.equal(((await other.json()) as { error: string }).error, 'unauthorized_client')
    assert.equal(await api.statusOf('/me', token), 200)
    assert.equal((await api.send('/revoke', { token }, basicOf('reports', 'secret of reports'))).status, 200)
    assert.equal(await api.statusOf('/me', token), 401)
  })
})

describe('introspection', () => {
  test('tells clients what a token says, and nobody else', async () => {
    const clock = setClock()
    await using api = await serveTokens({ app: { clock } })
    const { access_token: token, refresh_token } = await api.logIn()
    const ask = async (text: string) => {
      const reply = await api.send('/introspect', { token: text }, basicOf('reports', 'secret of reports'))
      assert.deepEqual([reply.status, reply.headers.get('cache-control')], [200, 'no-store'])
      return (await reply.json()) as Record<string, unknown>
    }
    const { active, token_type, username, ...claims } = await ask(token)
    assert.deepEqual([active, token_type, username], [true, 'Bearer', 'ada'])
    assert.deepEqual(claims, { ...decodeJwt(token) })
    // It was given to nobody in particular, so that no client may know of it.
    assert.deepEqual(await ask(refresh_token), { active: false })
    assert.deepEqual(await ask('unknown'), { active: false })
    clock.forward(1800)
    assert.deepEqual(await ask(token), { active: false })
    const anonymous = await api.send('/introspect', { token })
    assert.deepEqual(
      [anonymous.status, anonymous.headers.get('www-authenticate')],
      [401, 'Basic realm="Orders", charset="UTF-8"'],
    )
  })
})

describe('keys that are made', () => {
  for (const algorithm of ['HS256', 'ES256', 'EdDSA', 'RS256'] as const) {
    test(`are kept, so that a restart keeps tokens good: ${algorithm}`, async () => {
      await using folder = await dataFolder()
      const settings = { app: { data: folder.data }, tokens: { algorithm } }
      const tokens = await (async () => {
        await using api = await serveTokens(settings)
        return await api.logIn()
      })()
      await using api = await serveTokens(settings)
      assert.equal(decodeProtectedHeader(tokens.access_token).alg, algorithm)
      assert.equal(await api.statusOf('/me', tokens.access_token), 200)
      assert.equal((await renewed(api, tokens.refresh_token)).status, 200)
      const { keys } = (await (await fetch(`${api.url}/jwks.json`)).json()) as { keys: object[] }
      assert.equal(keys.length, algorithm === 'HS256' ? 0 : 1)
      assert.ok(keys.every((each) => !('d' in each) && !('k' in each)))
    })
  }

  test('are one for two processes that begin at once', async () => {
    await using folder = await dataFolder()
    const settings = { app: { data: folder.data }, tokens: { algorithm: 'ES256' as const } }
    await using one = await serveTokens(settings)
    await using other = await serveTokens(settings)
    const [first, second] = await Promise.all([one.logIn(), other.logIn()])
    assert.equal(decodeProtectedHeader(first.access_token).kid, decodeProtectedHeader(second.access_token).kid)
    assert.equal(await one.statusOf('/me', second.access_token), 200)
    assert.equal(await other.statusOf('/me', first.access_token), 200)
  })

  test('are public for those who check tokens elsewhere, also for as long as the last token of an old one counts', async () => {
    const clock = setClock()
    const tokens = { algorithm: 'ES256', keyLifetime: 86_400, lifetime: 1800 } as const
    await using api = await serveTokens({ app: { clock }, tokens })
    const { access_token: first } = await api.logIn()
    clock.forward(86_000)
    const { access_token: last } = await api.logIn()
    const keyIds = async () => {
      const reply = await fetch(`${api.url}/jwks.json`)
      assert.equal(reply.headers.get('content-type'), 'application/jwk-set+json')
      return ((await reply.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
    }
    const { kid } = decodeProtectedHeader(first)
    assert.deepEqual(await keyIds(), [kid])
    clock.forward(400)
    const { access_token: next } = await api.logIn()
    const { kid: newer } = decodeProtectedHeader(next)
    assert.deepEqual([...(await keyIds())].sort(), [kid, newer].sort())
    assert.equal(await api.statusOf('/me', last), 200)
    const jwks = createRemoteJWKSet(new URL(`${api.url}/jwks.json`))
    for (const token of [last, next]) {
      const { payload } = await jwtVerify(token, jwks, {
        ...{ issuer: 'Orders', audience: 'Orders', typ: 'at+jwt', algorithms: ['ES256'] },
        currentDate: clock.now(),
      })
      assert.equal(payload.sub, 'ada')
    }
    clock.forward(1860)
    assert.deepEqual(await keyIds(), [newer])
  })
})

describe('keys that are given', () => {
  const pem = (): string =>
    String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }))

  test('sign by the first and count by all, so that one can take the place of another', async () => {
    const [old, next] = [pem(), pem()]
    const served = (key: string | string[]) => serveTokens({ tokens: { algorithm: 'ES256', key } })
    await using before = await served(old)
    const { access_token } = await before.logIn()
    await using during = await served([next, old])
    assert.equal(await during.statusOf('/me', access_token), 200)
    const { access_token: newer } = await during.logIn()
    const { keys } = (await (await fetch(`${during.url}/jwks.json`)).json()) as { keys: { kid: string }[] }
    assert.deepEqual(
      keys.map(({ kid }) => kid),
      [newer, access_token].map((each) => decodeProtectedHeader(each).kid),
    )
    await using after = await served(next)
    assert.equal(await after.statusOf('/me', newer), 200)
    assert.equal(await after.statusOf('/me', access_token), 401)
  })

  test('are refused at the start where the algorithm cannot use them', async () => {
    const faults = /tokens\.key is nothing that RS256 can sign with: give it an RSA key of at least 2048 bits/
    await assert.rejects(serveTokens({ tokens: { algorithm: 'RS256', key: pem() } }), faults)
  })
})

describe('what tokens leave behind', () => {
  test('is nothing at all before the first, and never a token or a password', async () => {
    await using folder = await dataFolder()
    const data = join(folder.data, 'made-when-needed')
    await using api = await serveTokens({ app: { data, title: 'Orders' } })
    assert.equal(await api.statusOf('/me', 'unknown'), 401)
    assert.equal(existsSync(join(data, 'tokens.db')), false)
    const { refresh_token, access_token } = await api.logIn()
    const bytes = readdirSync(data)
      .filter((name) => name.startsWith('tokens.db'))
      .map((name) => readFileSync(join(data, name), 'latin1'))
      .join('')
    assert.ok(bytes.includes('refresh_tokens'))
    for (const secret of [refresh_token, access_token, 'password of ada']) assert.ok(!bytes.includes(secret))
  })
})

test('what has expired is not kept', async () => {
  await using folder = await dataFolder()
  const clock = setClock()
  await using api = await serveTokens({ app: { data: folder.data, clock }, tokens: { refresh: { lifetime: 3600 } } })
  for (let count = 0; count < 3; count++) await api.send('/revoke', { token: (await api.logIn()).access_token })
  const rows = (): unknown[] => {
    const db = new DatabaseSync(join(folder.data, 'tokens.db'), { readOnly: true })
    const counts = ['refresh_tokens', 'revoked'].map((name) => db.prepare(`SELECT count(*) AS n FROM ${name}`).get()?.n)
    db.close()
    return counts
  }
  assert.deepEqual(rows(), [3, 3])
  clock.forward(3600)
  await api.logIn()
  assert.deepEqual(rows(), [1, 0])
})

describe('documents about tokens', () => {
  const issuer = 'https://api.example.com/shop'

  test('tell clients where to get them', async () => {
    await using api = await serveTokens({ tokens: { issuer, algorithm: 'ES256' } })
    const server = await fetch(`${api.url}/.well-known/oauth-authorization-server/shop`)
    assert.equal(server.headers.get('content-type'), 'application/json')
    const scopes_supported = ['orders:read', 'orders:write']
    assert.deepEqual(await server.json(), {
      issuer,
      token_endpoint: 'https://api.example.com/token',
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      grant_types_supported: ['password', 'client_credentials', 'refresh_token'],
      response_types_supported: [],
      scopes_supported,
      jwks_uri: 'https://api.example.com/jwks.json',
      revocation_endpoint: 'https://api.example.com/revoke',
      revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      introspection_endpoint: 'https://api.example.com/introspect',
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    })
    const resource = await fetch(`${api.url}/.well-known/oauth-protected-resource/shop`)
    assert.deepEqual(await resource.json(), {
      resource: issuer,
      authorization_servers: [issuer],
      scopes_supported,
      bearer_methods_supported: ['header'],
      resource_name: 'Orders',
    })
    const refused = await fetch(`${api.url}/me`)
    assert.equal(
      refused.headers.get('www-authenticate'),
      'Bearer realm="Orders", resource_metadata="https://api.example.com/.well-known/oauth-protected-resource/shop"',
    )
  })

  test('are not there where the issuer is no address', async () => {
    await using api = await serveTokens()
    assert.equal((await fetch(`${api.url}/.well-known/oauth-authorization-server`)).status, 404)
    assert.equal((await fetch(`${api.url}/.well-known/oauth-protected-resource`)).status, 404)
    const refused = await fetch(`${api.url}/me`)
    assert.equal(refused.headers.get('www-authenticate'), 'Bearer realm="Orders"')
  })
})
