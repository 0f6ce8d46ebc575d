import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { createApp, forbidden, login, type SecurityEvent } from 'trestle'
import { client, oauth2 } from 'trestle/client'
import { basicOf, key, serveTokens, setClock, type Tokens, tokenApp } from './token-app.ts'

describe('the token endpoint', () => {
  test('gives a token for a user name and a password, which lets them in', async () => {
    const clock = setClock()
    const events: SecurityEvent[] = []
    await using api = await serveTokens({ app: { clock }, events })
    const form = { grant_type: 'password', username: 'ada', password: 'password of ada' }
    const reply = await api.send('/token', form)
    assert.equal(reply.status, 200)
    assert.equal(reply.headers.get('cache-control'), 'no-store')
    assert.equal(reply.headers.get('content-type'), 'application/json')
    const { access_token, refresh_token, ...rest } = (await reply.json()) as Tokens
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 1800, scope: 'orders:read orders:write' })
    assert.match(refresh_token, /^[\w-]{43}$/)
    const { kid, ...header } = decodeProtectedHeader(access_token)
    assert.deepEqual(header, { alg: 'HS256', typ: 'at+jwt' })
    assert.match(String(kid), /^[\w-]{16}$/)
    const { jti, ...claims } = decodeJwt(access_token)
    const iat = clock.now().getTime() / 1000
    assert.deepEqual(claims, {
      ...{ name: 'Ada', iss: 'Orders', sub: 'ada', aud: 'Orders', iat, exp: iat + 1800 },
      ...{ scope: 'orders:read orders:write', roles: ['admin'] },
    })
    assert.match(String(jti), /^[\w-]{16}\.[\w-]{12}$/)
    const who = await fetch(`${api.url}/me`, { headers: { authorization: `Bearer ${access_token}` } })
    assert.deepEqual(await who.json(), { who: 'ada', roles: ['admin'], scopes: ['orders:read', 'orders:write'] })
    assert.equal(await api.statusOf('/admin', access_token), 200)
    const [issued] = events
    assert.deepEqual(
      [events.length, issued?.type, issued?.username, issued?.address],
      [1, 'token.issued', 'ada', '127.0.0.1'],
    )
  })

  test('takes a form without grant_type, as programs for FastAPI send it', async () => {
    await using api = await serveTokens()
    const reply = await api.send('/token', { username: 'bob', password: 'password of bob', scope: '', client_id: '' })
    assert.equal(reply.status, 200)
    const { scope, access_token } = (await reply.json()) as Tokens
    assert.equal(scope, undefined)
    assert.equal(await api.statusOf('/me', access_token), 200)
    assert.equal(await api.statusOf('/admin', access_token), 403)
  })

  test('ends a token when its time is over', async () => {
    const clock = setClock()
    await using api = await serveTokens({ app: { clock } })
    const { access_token } = await api.logIn()
    assert.equal(await api.statusOf('/me', access_token), 200)
    clock.forward(1799)
    assert.equal(await api.statusOf('/me', access_token), 200)
    clock.forward(1)
    const reply = await fetch(`${api.url}/me`, { headers: { authorization: `Bearer ${access_token}` } })
    assert.equal(reply.status, 401)
    assert.equal(
      reply.headers.get('www-authenticate'),
      'Bearer realm="Orders", error="invalid_token", error_description="The token has expired"',
    )
  })

  test('gives a client a token in its own name, whichever way it shows itself', async () => {
    await using api = await serveTokens()
    const form = { grant_type: 'client_credentials' }
    const byHeader = await api.send('/token', form, basicOf('reports', 'secret of reports'))
    const { access_token, ...rest } = (await byHeader.json()) as Tokens
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 1800, scope: 'orders:read' })
    const { sub, client_id, roles } = decodeJwt(access_token)
    assert.deepEqual([sub, client_id, roles], ['reports', 'reports', ['reporter']])
    assert.equal(await api.statusOf('/orders', access_token), 200)
    // RFC 6749, 2.3.1: as in forms.
    const encoded = await api.send('/token', form, basicOf('reports', 'secret+of%20reports'))
    assert.equal(encoded.status, 200)
    const inForm = { ...form, client_id: 'reports', client_secret: 'secret of reports' }
    assert.equal((await api.send('/token', inForm)).status, 200)
  })

  test('says the same of an unknown user and a wrong password, counted and told', async () => {
    const events: SecurityEvent[] = []
    await using api = await serveTokens({ events })
    assert.equal((await api.send('/token', { username: 'ada', password: 'password of ada' })).status, 200)
    events.length = 0
    const texts: string[] = []
    for (const username of ['ada', 'nobody']) {
      const reply = await api.send('/token', { username, password: 'wrong-password-text' })
      assert.deepEqual([reply.status, reply.headers.get('cache-control')], [400, 'no-store'])
      texts.push(await reply.text())
    }
    assert.deepEqual(texts, [refusal('invalid_grant', 'The user name or the password is wrong'), texts[0]])
    assert.deepEqual(
      events.map(({ type, username, code }) => [type, username, code]),
      [
        ['login.failed', 'ada', 'invalid_grant'],
        // What nobody is called may be a password, typed in the wrong place.
        ['login.failed', undefined, 'invalid_grant'],
      ],
    )
    assert.ok(!JSON.stringify(events).includes('wrong-password-text'))
  })

  test('refuses a client that it does not know, with a challenge', async () => {
    const events: SecurityEvent[] = []
    await using api = await serveTokens({ events })
    const form = { grant_type: 'client_credentials' }
    const wrong = [
      await api.send('/token', form, basicOf('reports', 'wrong')),
      await api.send('/token', form, basicOf('nobody', 'secret of reports')),
      await api.send('/token', { ...form, client_id: 'reports' }),
      await api.send('/token', { ...form, client_secret: 'secret of reports' }),
      await api.send('/token', { ...form, client_id: 'reports', client_secret: '' }),
    ]
    for (const reply of wrong) {
      assert.equal(reply.status, 401)
      assert.equal(reply.headers.get('www-authenticate'), 'Basic realm="Orders", charset="UTF-8"')
      assert.equal(await reply.text(), refusal('invalid_client', 'The client is not known, or its secret is wrong'))
    }
    const failed = events.filter(({ type }) => type === 'client.failed')
    assert.deepEqual([failed.length, failed[0]?.subject], [5, 'client:reports'])
    const none = await api.send('/token', form)
    assert.equal(none.status, 401)
    assert.equal(await none.text(), refusal('invalid_client', 'The client has not shown who it is'))
  })

  const refusals: readonly [title: string, form: string, code: string, detail: string, secret?: string][] = [
    ['an empty form', '', 'invalid_request', 'grant_type is missing'],
    ['a name alone', 'username=ada', 'invalid_request', 'password is missing'],
    ['a user name without a password', 'grant_type=password&username=ada', 'invalid_request', 'password is missing'],
    ['an empty password', 'grant_type=password&username=ada&password=', 'invalid_request', 'password is missing'],
    ['no refresh token', 'grant_type=refresh_token', 'invalid_request', 'refresh_token is missing'],
    [
      'a parameter twice',
      'grant_type=password&username=ada&username=bob&password=x',
      'invalid_request',
      'username must be given once',
    ],
    [
      'another grant',
      'grant_type=authorization_code&code=x',
      'unsupported_grant_type',
      'grant_type can be password, client_credentials, refresh_token here',
    ],
    [
      'an unknown refresh token',
      'grant_type=refresh_token&refresh_token=x',
      'invalid_grant',
      'The refresh token is not known, has been used, or has expired',
    ],
    [
      'a scope that the person has not',
      'username=bob&password=password+of+bob&scope=orders:read',
      'invalid_scope',
      'The scope orders:read cannot be had here',
    ],
    [
      'a scope that is no text of names',
      'username=ada&password=password+of+ada&scope=orders:read++orders:write',
      'invalid_scope',
      'scope has names with one space between them',
    ],
    [
      'a grant that the client may not use',
      'grant_type=password&username=ada&password=password+of+ada',
      'unauthorized_client',
      'The client reports may not use the grant password',
      'secret of reports',
    ],
    [
      'a client that shows itself twice',
      'grant_type=client_credentials&client_secret=secret+of+reports',
      'invalid_request',
      'The client shows itself twice: use the header Authorization or the form',
      'secret of reports',
    ],
  ]
  for (const [title, form, code, detail, secret] of refusals) {
    test(`refuses ${title}`, async () => {
      await using api = await serveTokens()
      const reply = await api.send('/token', form, secret === undefined ? {} : basicOf('reports', secret))
      assert.equal(reply.status, 400)
      assert.equal(reply.headers.get('content-type'), 'application/json')
      assert.equal(reply.headers.get('cache-control'), 'no-store')
      assert.equal(await reply.text(), refusal(code, detail))
    })
  }

  test('takes nothing but a form, and nothing in the address', async () => {
    await using api = await serveTokens({ app: { errors: 'envelope', alwaysOk: true, authFailureStatus: 403 } })
    const json = await api.send('/token', '{}', { 'content-type': 'application/json' })
    assert.equal(json.status, 415)
    assert.equal(((await json.json()) as { error: string }).error, 'invalid_request')
    const inAddress = await api.send('/token?username=ada&password=password+of+ada', {})
    assert.equal(inAddress.status, 400)
    assert.equal(await inAddress.text(), refusal('invalid_request', 'Send the parameters in the body, as a form'))
    const large = await api.send('/token', { username: 'ada', password: 'x'.repeat(40_000) })
    assert.equal(large.status, 413)
    assert.equal(((await large.json()) as { error: string }).error, 'invalid_request')
    const unknown = await api.send('/token', { grant_type: 'client_credentials', client_id: 'x' })
    assert.equal(unknown.status, 401)
    const read = await fetch(`${api.url}/token`)
    assert.deepEqual([await read.text(), read.headers.get('allow')].length, 2)
    assert.match(read.headers.get('allow') ?? '', /POST/)
  })

  test('lets nobody guess passwords or secrets for long, in words that clients of OAuth read', async () => {
    await using api = await serveTokens({ app: { clock: setClock(), failures: { username: '3/minute' } } })
    const guesses = [
      () => api.send('/token', { username: 'ada', password: 'wrong' }),
      () => api.send('/token', { grant_type: 'client_credentials' }, basicOf('reports', 'wrong')),
    ]
    for (const guess of guesses) {
      for (let count = 0; count < 3; count++) assert.ok([400, 401].includes((await guess()).status))
      const refused = await guess()
      assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '60'])
      assert.equal(((await refused.json()) as { error: string }).error, 'too_many_requests')
    }
    assert.equal((await api.send('/token', { username: 'ada', password: 'password of ada' })).status, 429)
    assert.equal((await api.send('/token', { username: 'bob', password: 'password of bob' })).status, 200)
  })

  test('lets the login of the app refuse in its own words', async () => {
    const refuse = login({ verify: () => forbidden('The account is locked') })
    await using api = await serveTokens({ app: { login: refuse } })
    const reply = await api.send('/token', { username: 'ada', password: 'password of ada' })
    assert.deepEqual([reply.status, await reply.text()], [400, refusal('invalid_grant', 'The account is locked')])
    const broken = login({
      verify: () => {
        throw new Error('the database of people is away')
      },
    })
    await using other = await serveTokens({ app: { login: broken } })
    const failed = await other.send('/token', { username: 'ada', password: 'password of ada' })
    assert.deepEqual([failed.status, await failed.text()], [500, '{"error":"server_error"}'])
  })

  test('offers passwords to known clients alone, if the app wants it so', async () => {
    const clients = {
      shop: { scopes: ['orders:read'] },
      till: { secret: 'secret of till', grants: ['password'] },
    } as const
    await using api = await serveTokens({ tokens: { password: false, clients } })
    const form = { username: 'ada', password: 'password of ada' }
    assert.equal((await api.send('/token', form)).status, 401)
    const shop = (await (await api.send('/token', { ...form, client_id: 'shop' })).json()) as Tokens
    assert.equal(shop.scope, 'orders:read')
    assert.equal(decodeJwt(shop.access_token).client_id, 'shop')
    assert.equal((await api.send('/token', { ...form, client_id: 'shop', client_secret: 'x' })).status, 401)
    assert.equal((await api.send('/token', form, basicOf('shop', ''))).status, 200)
    const till = (await (await api.send('/token', form, basicOf('till', 'secret of till'))).json()) as Tokens
    const refresh = { grant_type: 'refresh_token', refresh_token: till.refresh_token }
    assert.equal((await api.send('/token', { ...refresh, client_id: 'shop' })).status, 400)
    assert.equal((await api.send('/token', refresh)).status, 400)
    assert.equal((await api.send('/token', refresh, basicOf('till', 'secret of till'))).status, 200)
  })

  test('works with the client of the package, which renews what ends', async () => {
    const clients = { shop: {}, reports: { secret: 'secret of reports', scopes: ['orders:read'] } }
    const events: SecurityEvent[] = []
    const clock = setClock()
    await using api = await serveTokens({ app: { clock }, tokens: { clients }, events })
    const tokenUrl = `${api.url}/token`
    const given = { grant: 'password', username: 'ada', password: 'password of ada' } as const
    const person = client(api.url, { auth: oauth2({ tokenUrl, clientId: 'shop', ...given }) })
    assert.equal(await person.get('/orders').json(), 'orders')
    clock.forward(1800)
    assert.equal(await person.get('/orders').json(), 'orders')
    clock.forward(1800)
    assert.equal(await person.get('/orders').json(), 'orders')
    const issued = events.filter(({ type }) => type === 'token.issued')
    assert.deepEqual(
      issued.map(({ username, subject }) => [username, subject]),
      [1, 2, 3].map(() => ['ada', 'client:shop']),
    )
    const program = client(api.url, {
      auth: oauth2({ tokenUrl, clientId: 'reports', clientSecret: 'secret of reports', scopes: ['orders:read'] }),
    })
    assert.equal(await program.get('/orders').json(), 'orders')
  })

  test('has no refresh tokens unless the app wants them', async () => {
    await using api = await serveTokens({ tokens: { refresh: false } })
    assert.equal((await api.logIn()).refresh_token, undefined)
    const reply = await api.send('/token', { grant_type: 'refresh_token', refresh_token: 'x' })
    assert.equal(((await reply.json()) as { error: string }).error, 'unsupported_grant_type')
  })

  test('gives no tokens where the secret is not set', async () => {
    await using api = await serveTokens({ tokens: { key: '${TRESTLE_NO_SUCH_SECRET}' } })
    const reply = await api.send('/token', { username: 'ada', password: 'password of ada' })
    assert.deepEqual([reply.status, await reply.text()], [503, '{"error":"temporarily_unavailable"}'])
  })

  test('says at the start what is wrong with its settings', async () => {
    const faults: readonly [object, RegExp][] = [
      [{ key: 'short' }, /tokens\.key is nothing that HS256 can sign with: give it a secret of at least 32 bytes/],
      [{ algorithm: 'ES256', key }, /tokens\.key is nothing that ES256 can sign with/],
      [{ algorithm: 'none' }, /tokens\.algorithm is 'none': choose one of HS256, RS256, ES256, EdDSA/],
      [{ lifetime: 0 }, /tokens\.lifetime is 0: give a whole number of seconds from 1/],
      [{ refresh: { lifetime: 0.5 } }, /tokens\.refresh\.lifetime is 0\.5/],
      [{ paths: { token: 'token' } }, /tokens\.paths\.token is 'token': begin it with a slash/],
      [{ scopes: { 'a b': '' } }, /tokens\.scopes has 'a b'/],
      [{ clients: { a: { grants: ['client_credentials'] } } }, /tokens\.clients\.a .* give it a 'secret'/],
      [{ clients: { 'a:b': { secret: 'x' } } }, /tokens\.clients\.a:b has a name that cannot be sent/],
      [{ clients: { a: { secret: '' } } }, /tokens\.clients\.a has an empty secret/],
      [{ password: false, clients: {} }, /tokens has nobody to give tokens to/],
    ]
    for (const [tokens, expected] of faults) await assert.rejects(serveTokens({ tokens }), expected)
    const { tokens: _, ...without } = tokenApp()
    assert.throws(() => createApp(without), /security\.people takes tokens that the app issues, but it issues none/)
  })

  test('refuses tokens of others, and those that were made for something else', async () => {
    await using api = await serveTokens()
    const { SignJWT } = await import('jose')
    const sign = (claims: object, header: object = {}, secret = key) =>
      new SignJWT({ iss: 'Orders', aud: 'Orders', sub: 'ada', jti: 'a.b', roles: ['admin'], ...claims })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...known, ...header })
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(new TextEncoder().encode(secret))
    const { kid = '' } = decodeProtectedHeader((await api.logIn()).access_token)
    const known = { kid }
    assert.equal(await api.statusOf('/admin', await sign({})), 200)
    assert.equal(await api.statusOf('/admin', await sign({ iss: 'Other' })), 401)
    assert.equal(await api.statusOf('/admin', await sign({ aud: 'Other' })), 401)
    assert.equal(await api.statusOf('/admin', await sign({}, { typ: 'JWT' })), 401)
    assert.equal(await api.statusOf('/admin', await sign({}, { kid: 'other' })), 401)
    assert.equal(await api.statusOf('/admin', await sign({ jti: undefined })), 401)
    assert.equal(await api.statusOf('/admin', await sign({}, {}, `${key}!`)), 401)
    const [head, body] = (await sign({})).split('.')
    assert.equal(await api.statusOf('/admin', `${head}.${body}.`), 401)
  })
})

function refusal(error: string, error_description: string): string {
  return JSON.stringify({ error, error_description })
}
