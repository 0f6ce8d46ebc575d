import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { type Logger, type LogLine, silentLogger } from 'trestle'
import { root } from '../../scripts/root.ts'
import { testClock } from '../../src/testing/test-clock.ts'
import { serveExample } from '../../test/examples/served-example.ts'

const adminPassword = 'Admin-Pass-123'
const tokenKey = 'a key of the tests, which has its 32 characters'
process.env.USERS_ADMIN_PASSWORD = adminPassword
process.env.USERS_TOKEN_KEY = tokenKey
process.env.USERS_SEED = join(root, 'examples/users/seed.json')

const now = '2026-03-01T12:00:00.000Z'
const password = 'SecurePass123'

interface Sent {
  readonly method?: string
  readonly json?: unknown
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

interface Received {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** The example on a free port, at a time that stands, with calls by token. */
async function served(log: Logger = silentLogger) {
  const clock = testClock(now)
  const example = await serveExample('users', { clock, log })
  const send = async (path: string, { method, json, token, headers = {} }: Sent = {}): Promise<Received> => {
    const reply = await fetch(`${example.url}${path}`, {
      method: method ?? (json === undefined ? 'GET' : 'POST'),
      body: json === undefined ? null : JSON.stringify(json),
      headers: {
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
    })
    const text = await reply.text()
    return { status: reply.status, headers: reply.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
  const login = async (username: string, secret: string = password): Promise<Received> => {
    const reply = await fetch(`${example.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({ username, password: secret }),
    })
    return { status: reply.status, headers: reply.headers, body: await reply.json() }
  }
  const tokenOf = async (username: string, secret?: string): Promise<string> =>
    ((await login(username, secret)).body as { access_token: string }).access_token
  const admin = (): Promise<string> => tokenOf('admin@example.com', adminPassword)
  return {
    ...{ clock, url: example.url, send, login, tokenOf, admin },
    [Symbol.asyncDispose]: example[Symbol.asyncDispose],
  }
}

const user = (id: number, username: string, more: object = {}): object => ({
  ...{ email: `${username}@example.com`, username, full_name: null, id, created_at: now, is_active: true },
  ...more,
})
const ada = user(2, 'ada', { full_name: 'Ada Lovelace' })
const error = (name: string, message: string, path: string): object => ({ error: name, message, path })
const forbidden = (path: string): object =>
  error('ForbiddenError', 'Insufficient permissions. Required role: admin', path)
const invalid = (...details: readonly (readonly [loc: readonly string[], msg: string, type: string])[]): object => ({
  error: 'ValidationError',
  message: 'Invalid request data',
  details: details.map(([loc, msg, type]) => ({ loc, msg, type })),
})

/** A token that is signed with the key of the app, and says what it is told to. */
function signed(head: string, claims: object): string {
  const content = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${content}.${createHmac('sha256', tokenKey).update(content).digest('base64url')}`
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

// For tests that change nothing, and together ask for fewer lists than a minute allows.
const reading = await served()
after(() => reading[Symbol.asyncDispose]())

suite('signing up', () => {
  test('makes a user, says where it is, and never shows the password', async () => {
    await using api = await served()
    const json = { email: 'Test@Example.com', username: 'testuser', password }
    const { status, headers, body } = await api.send('/users', { json })
    assert.equal(status, 201)
    assert.equal(headers.get('location'), '/users/5')
    assert.deepEqual(body, user(5, 'testuser', { email: 'test@example.com' }))
  })

  test('refuses an e-mail address that is taken, however it is written', async () => {
    await using api = await served()
    const { status, body } = await api.send('/users', {
      json: { email: 'ADA@example.com', username: 'ada2', password },
    })
    assert.equal(status, 409)
    assert.deepEqual(body, error('ConflictError', 'User with this email already exists', '/users'))
  })

  test('of two at once with one address lets one through', async () => {
    await using api = await served()
    const json = { email: 'twin@example.com', username: 'twin', password }
    const both = await Promise.all([api.send('/users', { json }), api.send('/users', { json })])
    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409])
  })

  test('says all that is wrong at once', async () => {
    const api = reading
    const json = { email: 'invalid-email', username: 'a-b', password: '________' }
    const { status, body } = await api.send('/users', { json })
    assert.equal(status, 422)
    const words = 'Username can only contain letters, numbers, and underscores'
    assert.deepEqual(
      body,
      invalid(
        [['body', 'email'], 'Invalid email format', 'value_error'],
        [['body', 'username'], words, 'value_error'],
        [['body', 'password'], 'Password must contain at least one uppercase letter', 'value_error'],
        [['body', 'password'], 'Password must contain at least one lowercase letter', 'value_error'],
        [['body', 'password'], 'Password must contain at least one digit', 'value_error'],
      ),
    )
    const empty = await api.send('/users', { json: { email: 'a@b.co', username: 'ab', password: 'Aa1' } })
    assert.deepEqual(
      empty.body,
      invalid(
        [['body', 'username'], 'must have at least 3 characters', 'too_small'],
        [['body', 'password'], 'must have at least 8 characters', 'too_small'],
      ),
    )
    const nothing = await api.send('/users', { json: {} })
    const missing = (name: string) => [['body', name], 'is required', 'missing'] as const
    assert.deepEqual(nothing.body, invalid(missing('email'), missing('username'), missing('password')))
  })

  test('makes nobody an admin', async () => {
    await using api = await served()
    const json = { email: 'mallory@example.com', username: 'mallory', password, role: 'admin', is_active: false, id: 1 }
    assert.deepEqual((await api.send('/users', { json })).body, user(5, 'mallory'))
    const token = await api.tokenOf('mallory')
    assert.equal((await api.send('/users/2', { method: 'DELETE', token })).status, 403)
  })
})

suite('reading users', () => {
  test('one by one', async () => {
    const api = reading
    const token = await api.tokenOf('ada')
    assert.deepEqual((await api.send('/users/2', { token })).body, ada)
    const missing = await api.send('/users/999999', { token })
    assert.equal(missing.status, 404)
    assert.deepEqual(missing.body, error('NotFoundError', 'User with id 999999 not found', '/users/999999'))
    const wrong = await api.send('/users/abc', { token })
    assert.equal(wrong.status, 422)
    assert.deepEqual(wrong.body, invalid([['path', 'user_id'], 'must be an integer', 'invalid_type']))
  })

  test('oneself, where /users/{user_id} would fit, too', async () => {
    const api = reading
    const { status, body } = await api.send('/users/me', { token: await api.tokenOf('ada@example.com') })
    assert.equal(status, 200)
    assert.deepEqual(body, ada)
  })

  test('page by page', async () => {
    const api = reading
    const token = await api.tokenOf('ada')
    for (const [query, names, total, page, page_size, total_pages] of [
      ['', ['admin', 'ada', 'max', 'eve'], 4, 1, 50, 1],
      ['?page=2&page_size=3', ['eve'], 4, 2, 3, 2],
      ['?page=9&page_size=2', [], 4, 9, 2, 2],
      ['?page=1&page_size=100', ['admin', 'ada', 'max', 'eve'], 4, 1, 100, 1],
      ['?role=moderator', ['max'], 1, 1, 50, 1],
      ['?is_active=false', ['eve'], 1, 1, 50, 1],
      ['?search=LOVE', ['ada'], 1, 1, 50, 1],
      ['?search=nobody', [], 0, 1, 50, 0],
      ['?skip=1&limit=2', ['ada', 'max'], 4, 1, 2, 2],
      ['?skip=2', ['max', 'eve'], 4, 1, 100, 1],
    ] as const) {
      const { status, body } = await api.send(`/users${query}`, { token })
      assert.equal(status, 200, query)
      const { items, ...rest } = body as { items: readonly { username: string }[] }
      const found = items.map(({ username }) => username)
      assert.deepEqual([found, rest], [names, { total, page, page_size, total_pages }], query)
    }
  })

  test('but not a page that there cannot be', async () => {
    const api = reading
    const token = await api.tokenOf('ada')
    for (const [query, message] of [
      ['?page=0', 'Page must be >= 1'],
      ['?page=-1', 'Page must be >= 1'],
      ['?page_size=0', 'Page size must be between 1 and 100'],
      ['?page_size=101', 'Page size must be between 1 and 100'],
    ] as const) {
      const { status, body } = await api.send(`/users${query}`, { token })
      assert.equal(status, 400)
      assert.deepEqual(body, error('BadRequestError', message, '/users'))
    }
  })

  test('refuses what is no number, no role, no yes or no', async () => {
    const api = reading
    const { status, body } = await api.send('/users?page=x&skip=x&role=king&is_active=perhaps', {
      token: await api.tokenOf('ada'),
    })
    assert.equal(status, 422)
    const { details } = body as { details: readonly { loc: readonly string[] }[] }
    assert.deepEqual(details.map(({ loc }) => loc.join('.')).sort(), [
      'query.is_active',
      'query.page',
      'query.role',
      'query.skip',
    ])
  })

  test('in two versions', async () => {
    const api = reading
    const token = await api.tokenOf('ada')
    const { full_name: name, ...others } = ada as { full_name: string }
    for (const [path, headers, item] of [
      ['/users', {}, ada],
      ['/users', { 'X-API-Version': '1' }, ada],
      ['/users', { 'X-API-Version': '2' }, { ...others, name, role: 'user' }],
      ['/api/v1/users', {}, ada],
      ['/api/v2/users', {}, { ...others, name, role: 'user' }],
    ] as const) {
      const { body } = await api.send(`${path}?search=ada`, { token, headers })
      assert.deepEqual((body as { items: unknown }).items, [item], path)
    }
  })

  test('in a version that there is not', async () => {
    const api = reading
    const token = await api.tokenOf('ada')
    const byHeader = await api.send('/users', { token, headers: { 'X-API-Version': '3' } })
    assert.equal(byHeader.status, 400)
    assert.deepEqual(byHeader.body, error('BadRequestError', 'Unsupported API version: 3', '/users'))
    assert.equal((await api.send('/api/v3/users', { token })).status, 404)
  })

  test('more than a hundred times a minute is too often, whichever way', async () => {
    await using api = await served()
    const token = await api.tokenOf('ada')
    for (let call = 0; call < 100; call++) {
      const path = call % 2 === 0 ? '/users?page_size=1' : '/api/v2/users?page_size=1'
      assert.equal((await api.send(path, { token })).status, 200)
    }
    const { status, headers, body } = await api.send('/users', { token })
    assert.equal(status, 429)
    assert.deepEqual(body, { error: 'Rate limit exceeded: 100 per 1 minute' })
    assert.ok(Number(headers.get('retry-after')) > 0)
    assert.equal((await api.send('/api/v1/users', { token })).status, 429)
    assert.equal((await api.send('/users/me', { token })).status, 200)
    api.clock.advance(121_000)
    assert.equal((await api.send('/users', { token })).status, 200)
  })
})

suite('changing users', () => {
  test('PUT replaces all that users say of themselves', async () => {
    await using api = await served()
    const token = await api.tokenOf('ada')
    const json = { email: 'countess@example.com', username: 'countess', role: 'admin', is_active: false }
    const { status, body } = await api.send('/users/2', { method: 'PUT', json, token })
    assert.equal(status, 200)
    assert.deepEqual(body, user(2, 'countess'))
    assert.equal((await api.send('/users/3', { method: 'DELETE', token })).status, 403)
    const half = await api.send('/users/2', { method: 'PUT', json: { email: 'a@b.co' }, token })
    assert.equal(half.status, 422)
    assert.deepEqual(half.body, invalid([['body', 'username'], 'is required', 'missing']))
  })

  test('PATCH changes what is sent, and null is something that is sent', async () => {
    await using api = await served()
    const token = await api.tokenOf('ada')
    const change = async (json: object) => (await api.send('/users/2', { method: 'PATCH', json, token })).body
    assert.deepEqual(await change({}), ada)
    assert.deepEqual(await change({ username: 'countess' }), { ...ada, username: 'countess' })
    assert.deepEqual(await change({ full_name: null }), { ...ada, username: 'countess', full_name: null })
    assert.deepEqual(await change({ email: null }), invalid([['body', 'email'], 'must be a string', 'invalid_type']))
  })

  test('nobody gets the address of somebody else', async () => {
    await using api = await served()
    const token = await api.tokenOf('ada')
    const taken = error('ConflictError', 'User with this email already exists', '/users/2')
    const json = { email: 'MAX@example.com', username: 'ada' }
    for (const method of ['PUT', 'PATCH']) {
      const { status, body } = await api.send('/users/2', { method, json, token })
      assert.equal(status, 409)
      assert.deepEqual(body, taken)
    }
    const own = await api.send('/users/2', { method: 'PATCH', json: { email: 'ADA@example.com' }, token })
    assert.equal(own.status, 200)
  })

  test('somebody else is for admins', async () => {
    await using api = await served()
    const token = await api.tokenOf('max')
    const json = { email: 'a@b.co', username: 'abc' }
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const { status, body } = await api.send('/users/2', { method, token, ...(method !== 'DELETE' && { json }) })
      assert.equal(status, 403)
      assert.deepEqual(body, forbidden('/users/2'))
    }
    const admin = await api.admin()
    assert.equal((await api.send('/users/2', { method: 'PUT', json, token: admin })).status, 200)
    const missing = await api.send('/users/99', { method: 'PATCH', json, token: admin })
    assert.deepEqual(missing.body, error('NotFoundError', 'User with id 99 not found', '/users/99'))
  })

  test('what somebody is can be set by admins alone, and counts at once', async () => {
    await using api = await served()
    const token = await api.tokenOf('ada')
    for (const json of [{ role: 'admin' }, { is_active: true }]) {
      const { status, body } = await api.send('/users/2', { method: 'PATCH', json, token })
      assert.equal(status, 403)
      assert.deepEqual(body, forbidden('/users/2'))
    }
    const admin = await api.admin()
    const set = (json: object) => api.send('/users/2', { method: 'PATCH', json, token: admin })
    assert.equal((await set({ role: 'admin' })).status, 200)
    assert.equal((await api.send('/users/4', { method: 'DELETE', token })).status, 204)
    assert.equal((await set({ role: 'user' })).status, 200)
    assert.equal((await api.send('/users/3', { method: 'DELETE', token })).status, 403)
    assert.equal((await set({ is_active: false })).status, 200)
    const off = await api.send('/users/me', { token })
    assert.deepEqual(off.body, error('UnauthorizedError', 'User is not active', '/users/me'))
  })

  test('DELETE is for admins, and there is nothing to say then', async () => {
    await using api = await served()
    const [own, token] = await Promise.all([api.tokenOf('ada'), api.admin()])
    assert.deepEqual((await api.send('/users/2', { method: 'DELETE', token: own })).body, forbidden('/users/2'))
    const { status, headers, body } = await api.send('/users/2', { method: 'DELETE', token })
    assert.deepEqual([status, headers.get('content-type'), body], [204, null, undefined])
    const again = await api.send('/users/2', { method: 'DELETE', token })
    assert.equal(again.status, 404)
    assert.deepEqual(again.body, error('NotFoundError', 'User with id 2 not found', '/users/2'))
    const { status: gone, body: text } = await api.send('/users/me', { token: own })
    assert.equal(gone, 401)
    assert.deepEqual(text, error('UnauthorizedError', 'User not found', '/users/me'))
  })
})

suite('tokens', () => {
  test('are HS256, name the user by its id, and count for half an hour', async () => {
    await using api = await served()
    const { status, headers, body } = await api.login('ada')
    assert.equal(status, 200)
    assert.equal(headers.get('cache-control'), 'no-store')
    const { access_token: token, ...rest } = body as { access_token: string }
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 1800 })
    const { sub, iat, exp } = claimsOf(token)
    const began = Date.parse(now) / 1000
    assert.deepEqual([sub, iat, exp], ['2', began, began + 1800])
    api.clock.advance(1_799_000)
    assert.equal((await api.send('/users/me', { token })).status, 200)
    api.clock.advance(1_000)
    const late = await api.send('/users/me', { token })
    assert.equal(late.status, 401)
    assert.deepEqual(late.body, error('UnauthorizedError', 'Could not validate credentials', '/users/me'))
    assert.match(
      late.headers.get('www-authenticate') ?? '',
      /^Bearer realm="User Management API", error="invalid_token"/,
    )
  })

  test('are refused to wrong passwords, unknown names, and those who were switched off', async () => {
    await using api = await served()
    for (const [username, secret] of [
      ['ada', 'SecurePass124'],
      ['nobody', password],
      ['eve', password],
      ['', ''],
    ] as const) {
      assert.equal((await api.login(username, secret)).status, 400, username)
    }
  })

  test('are asked for in front of all else', async () => {
    const api = reading
    for (const sent of [{ method: 'GET' }, { method: 'PUT', json: 'not even an object' }, { method: 'DELETE' }]) {
      const { status, headers, body } = await api.send('/users/abc', sent)
      assert.equal(status, 401)
      assert.equal(headers.get('www-authenticate'), 'Bearer realm="User Management API"')
      assert.deepEqual(body, error('UnauthorizedError', 'Not authenticated', '/users/abc'))
    }
  })

  test('that are forged, cut off, or name nobody are refused', async () => {
    await using api = await served()
    const token = await api.tokenOf('ada')
    const { sub: _, ...claims } = claimsOf(token)
    const [head = '', , signature] = token.split('.')
    const raised = Buffer.from(JSON.stringify({ ...claims, sub: '1' })).toString('base64url')
    for (const [forged, message] of [
      [`${head}.${raised}.${signature}`, 'Could not validate credentials'],
      [token.slice(0, -4), 'Could not validate credentials'],
      ['nonsense', 'Could not validate credentials'],
      [signed(head, claims), 'Invalid authentication credentials'],
      [signed(head, { ...claims, sub: '77' }), 'User not found'],
    ] as const) {
      const { status, headers, body } = await api.send('/users/me', { token: forged })
      assert.equal(status, 401)
      assert.deepEqual(body, error('UnauthorizedError', message, '/users/me'))
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer/)
    }
    assert.equal((await api.send('/users/me', { token: signed(head, { ...claims, sub: '1' }) })).status, 200)
  })
})

suite('orders', () => {
  test('are below their user', async () => {
    const api = reading
    const token = await api.admin()
    const lamp = { id: 1, user_id: 1, item: 'lamp', quantity: 2, created_at: '2026-01-05T09:30:00.000Z' }
    const desk = { id: 2, user_id: 1, item: 'desk', quantity: 1, created_at: '2026-02-10T14:00:00.000Z' }
    assert.deepEqual((await api.send('/users/1/orders', { token })).body, [lamp, desk])
    assert.deepEqual((await api.send('/users/2/orders', { token })).body, [])
    assert.deepEqual((await api.send('/users/1/orders/2', { token })).body, desk)
    for (const [path, message] of [
      ['/users/9/orders', 'User with id 9 not found'],
      ['/users/1/orders/3', 'Order with id 3 not found'],
      ['/users/2/orders/1', 'Order with id 1 not found'],
    ] as const) {
      const { status, body } = await api.send(path, { token })
      assert.equal(status, 404)
      assert.deepEqual(body, error('NotFoundError', message, path))
    }
    const wrong = await api.send('/users/x/orders/y', { token })
    const integer = (name: string) => [['path', name], 'must be an integer', 'invalid_type'] as const
    assert.deepEqual(wrong.body, invalid(integer('user_id'), integer('order_id')))
  })

  test('are shown to whoever has a token', async () => {
    const api = reading
    const token = await api.tokenOf('ada')
    assert.deepEqual((await api.send('/users/2/orders', { token })).body, [])
    assert.equal((await api.send('/users/1/orders/1', { token })).status, 200)
    assert.equal((await api.send('/users/1/orders')).status, 401)
  })
})

suite('errors have one shape', () => {
  test('also where nothing is served, and for other methods', async () => {
    const api = reading
    const nowhere = await api.send('/motorcycles?x=1')
    assert.equal(nowhere.status, 404)
    assert.deepEqual(nowhere.body, error('NotFoundError', 'Nothing is served at /motorcycles', '/motorcycles'))
    const method = await api.send('/users', { method: 'PATCH' })
    assert.equal(method.status, 405)
    assert.equal(method.headers.get('allow'), 'GET, HEAD, OPTIONS, POST')
    assert.equal((method.body as { error: string }).error, 'MethodNotAllowedError')
  })

  test('also for bodies that cannot be read', async () => {
    const api = reading
    const reply = await fetch(`${api.url}/users`, {
      method: 'POST',
      body: '{"email":',
      headers: { 'Content-Type': 'application/json' },
    })
    assert.equal(reply.status, 400)
    assert.equal(((await reply.json()) as { error: string }).error, 'BadRequestError')
  })
})

suite('the log', () => {
  test('has a line for each call and each failure, without what is secret', async () => {
    const lines: { readonly level: string; readonly fields: Readonly<Record<string, unknown>> }[] = []
    const at =
      (level: string): LogLine =>
      (fields: unknown) => {
        if (typeof fields === 'object') lines.push({ level, fields: { ...fields } })
      }
    const log: Logger = { ...silentLogger, info: at('info'), error: at('error'), child: () => log }
    await using api = await served(log)
    const token = await api.tokenOf('ada')
    lines.length = 0
    await api.send('/users/99', { token })
    await api.send('/users', { json: { email: 'ada@example.com', username: 'ada', password: 'NeverToBeSeen1' } })
    const events = lines.map(({ level, fields: { cid: _, service: __, ...fields } }) => ({ level, ...fields }))
    const request = { level: 'info', event: 'api_request', timestamp: now, ip: '127.0.0.1' }
    const failure = { level: 'error', event: 'api_error', timestamp: now }
    assert.deepEqual(events, [
      { ...request, method: 'GET', path: '/users/99', user_id: 2 },
      {
        ...failure,
        error_type: 'NotFoundError',
        error_message: 'User with id 99 not found',
        context: { method: 'GET', path: '/users/99' },
      },
      { ...request, method: 'POST', path: '/users', user_id: null },
      {
        ...failure,
        error_type: 'ConflictError',
        error_message: 'User with this email already exists',
        context: { method: 'POST', path: '/users' },
      },
    ])
    assert.doesNotMatch(JSON.stringify(lines), new RegExp(`NeverToBeSeen1|${token}`))
  })
})

suite('the description', () => {
  test('says what the API is, and what signing up answers', async () => {
    const api = reading
    const document = (await api.send('/openapi.json')).body as {
      info: object
      paths: Record<string, Record<string, { summary: string; description: string; responses: object }>>
    }
    const { title, description, version } = document.info as Record<string, string>
    assert.deepEqual([title, version], ['User Management API', '1.0.0'])
    assert.match(String(description), /^A production-ready user management system\n/)
    const { summary, description: text, responses } = document.paths['/users']?.post ?? assert.fail()
    assert.equal(summary, 'Create a new user')
    assert.equal(text, 'Creates a new user account with the provided information. Email must be unique.')
    const described = Object.entries(responses as Record<string, { description: string }>)
    const saying = Object.fromEntries(described.map(([status, each]) => [status, each.description]))
    assert.deepEqual(
      [saying[201], saying[409], saying[422]],
      ['User created successfully', 'User with this email already exists', 'Invalid request data'],
    )
  })

  test('has pages', async () => {
    const api = reading
    for (const path of ['/docs', '/redoc']) {
      const page = await fetch(`${api.url}${path}`)
      assert.equal(page.status, 200)
      assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
    }
  })
})
