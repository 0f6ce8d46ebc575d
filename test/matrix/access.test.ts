import assert from 'node:assert/strict'
import { request } from 'node:http'
import { describe, test } from 'node:test'
import {
  type App,
  any,
  apiKey,
  basic,
  type CallContext,
  createApp,
  del,
  get,
  group,
  patch,
  post,
  put,
  query,
  role,
  scope,
  service,
  stream,
  websocket,
} from 'trestle'
import { z } from 'zod'
import { handshake } from '../http/websocket-client.ts'

/** What is asked of every entrance. */
interface Asked {
  readonly headers: Readonly<Record<string, string>>
  readonly owner: string
  readonly count: string
}

/** How an entrance is reached. */
interface Entrance {
  readonly method: string
  readonly path: string
  /** Where the count goes. */
  readonly in: 'query' | 'json' | 'form' | 'nothing'
  readonly headers?: Readonly<Record<string, string>>
  /** The status of a call that is let in. */
  readonly status: number
}

const entrances: Readonly<Record<string, Entrance>> = {
  GET: { method: 'GET', path: '/orders', in: 'query', status: 200 },
  HEAD: { method: 'HEAD', path: '/orders', in: 'query', status: 200 },
  POST: { method: 'POST', path: '/orders', in: 'json', status: 200 },
  PUT: { method: 'PUT', path: '/orders', in: 'json', status: 200 },
  PATCH: { method: 'PATCH', path: '/orders', in: 'json', status: 200 },
  DELETE: { method: 'DELETE', path: '/orders', in: 'query', status: 200 },
  QUERY: { method: 'QUERY', path: '/orders', in: 'json', status: 200 },
  'a channel for any method': { method: 'DELETE', path: '/any', in: 'query', status: 200 },
  'a form': { method: 'POST', path: '/form', in: 'form', status: 200 },
  'a POST for another method': {
    ...{ method: 'POST', path: '/override', in: 'json', status: 200 },
    headers: { 'X-HTTP-Method-Override': 'PATCH' },
  },
  'a version by header': {
    ...{ method: 'GET', path: '/versioned', in: 'query', status: 200 },
    headers: { 'X-API-Version': '2' },
  },
  'a group': { method: 'GET', path: '/group/orders', in: 'query', status: 200 },
  'a stream of lines': {
    ...{ method: 'GET', path: '/stream', in: 'query', status: 200 },
    headers: { Accept: 'application/jsonl' },
  },
  'a stream of events': {
    ...{ method: 'GET', path: '/stream', in: 'query', status: 200 },
    headers: { Accept: 'text/event-stream' },
  },
  'a WebSocket': { method: 'GET', path: '/socket', in: 'query', headers: handshake, status: 101 },
  'an app that is mounted': { method: 'GET', path: '/mounted/orders', in: 'query', status: 200 },
}

let runs = 0

const Input = z.object({ owner: z.string(), count: z.int() })
type Ordered = { readonly input: z.output<typeof Input> }

const access = {
  input: Input,
  allow: {
    allOf: [
      role('seller'),
      scope('orders:write'),
      ({ input, caller }: CallContext & Ordered) => input.owner === caller.username,
    ],
  },
}
const output = z.object({ count: z.int() })
const handle = ({ input: { count } }: Ordered) => {
  runs++
  return { count }
}
const secured = { security: 'clients' }

const orders = [
  service({
    ...access,
    name: 'orders',
    output,
    on: [
      ...[get, post, put, patch, del, query].map((make) => make('/orders/{owner}', secured)),
      any('/any/{owner}', secured),
      patch('/override/{owner}', secured),
      post('/form/{owner}', { ...secured, consumes: ['form'] }),
      group({ prefix: '/group', security: 'clients' }).get('/orders/{owner}'),
    ],
    handle,
  }),
  service({
    ...access,
    name: 'versioned',
    output,
    on: get('/versioned/{owner}', {
      ...secured,
      versions: { by: 'header', default: '1', allowed: ['1', '2'] },
    }),
    handle,
  }),
  service({
    ...access,
    name: 'streamed',
    output: stream(output),
    on: [get('/stream/{owner}', secured), websocket('/socket/{owner}', secured)],
    handle: async function* ({ input: { count } }) {
      runs++
      yield { count }
    },
  }),
]

const security = {
  ada: apiKey({ key: 'key-of-ada', roles: ['seller'], scopes: ['orders:write'] }),
  guest: apiKey({ key: 'key-of-guest', scopes: ['orders:write'] }),
  reader: apiKey({ key: 'key-of-reader', roles: ['seller'] }),
  stranger: basic({ username: 'stranger', password: 'outside', roles: ['seller'], scopes: ['orders:write'] }),
  clients: ['ada', 'guest', 'reader'],
}

function makeApp(): App {
  const settings = { log: 'silent', mode: 'test', services: orders, security, methodOverride: true } as const
  return createApp({ ...settings, mount: { '/mounted': createApp(settings) } })
}

const keyOf = (name: string): Record<string, string> => ({ 'X-API-Key': `key-of-${name}` })
const outside = { Authorization: `Basic ${Buffer.from('stranger:outside').toString('base64')}` }

interface Answer {
  readonly status: number
  readonly code: string | undefined
  readonly text: string
}

async function ask(port: number, { method, path, in: place, headers }: Entrance, asked: Asked): Promise<Answer> {
  const inQuery = place === 'query' ? `?count=${asked.count}` : ''
  const body = place === 'json' ? `{"count":${asked.count}}` : place === 'form' ? `count=${asked.count}` : undefined
  const type = place === 'form' ? 'application/x-www-form-urlencoded' : 'application/json'
  const sent = request({
    ...{ port, method, path: `${path}/${asked.owner}${inQuery}`, agent: false },
    headers: { ...headers, ...asked.headers, ...(body !== undefined && { 'Content-Type': type }) },
  })
  return new Promise((resolve, reject) => {
    sent.on('error', reject)
    sent.on('upgrade', (reply, socket) => {
      socket.destroy()
      resolve({ status: reply.statusCode ?? 0, code: undefined, text: '' })
    })
    sent.on('response', async (reply) => {
      let text = ''
      for await (const chunk of reply) text += chunk
      const isProblem = reply.headers['content-type'] === 'application/problem+json'
      resolve({ status: reply.statusCode ?? 0, code: isProblem && text ? JSON.parse(text).code : undefined, text })
    })
    sent.end(body)
  })
}

const refused: readonly (readonly [who: string, asked: Asked, status: number, code: string])[] = [
  ['nobody', { headers: {}, owner: 'ada', count: '1' }, 401, 'unauthorized'],
  ['nobody, with an input that does not fit', { headers: {}, owner: 'ada', count: '"x"' }, 401, 'unauthorized'],
  ['a wrong key', { headers: keyOf('eve'), owner: 'ada', count: '1' }, 401, 'invalid_credentials'],
  ['a client of another channel', { headers: outside, owner: 'stranger', count: '1' }, 401, 'unauthorized'],
  ['somebody without the role', { headers: keyOf('guest'), owner: 'guest', count: '1' }, 403, 'forbidden'],
  ['somebody without the role, badly', { headers: keyOf('guest'), owner: 'guest', count: '"x"' }, 403, 'forbidden'],
  ['somebody without the scope', { headers: keyOf('reader'), owner: 'reader', count: '1' }, 403, 'forbidden'],
  ['somebody who asks for what is of another', { headers: keyOf('ada'), owner: 'bob', count: '1' }, 403, 'forbidden'],
  ['an input that does not fit', { headers: keyOf('ada'), owner: 'ada', count: '"x"' }, 422, 'invalid_input'],
]

describe('by every channel', () => {
  for (const [name, entrance] of Object.entries(entrances)) {
    test(`${name}: the same callers are let in, and the same refused`, async () => {
      await using app = makeApp()
      const { port } = await app.listen({ port: 0 })
      for (const [who, asked, status, code] of refused) {
        runs = 0
        const answer = await ask(port, entrance, asked)
        assert.equal(answer.status, status, `${who}: ${answer.text}`)
        if (entrance.method !== 'HEAD') assert.equal(answer.code, code, who)
        assert.equal(runs, 0, `${who} was served`)
        if (status < 422) assert.doesNotMatch(answer.text, /count|"errors"/, `${who} learns of the input`)
      }
      runs = 0
      const served = await ask(port, entrance, { headers: keyOf('ada'), owner: 'ada', count: '3' })
      assert.equal(served.status, entrance.status, served.text)
      assert.equal(runs, 1)
    })
  }

  test('a request handed to the app is asked as much, unless somebody vouches for its caller', async () => {
    await using app = makeApp()
    const ofAda = () => new Request('http://x/orders/ada?count=1')
    assert.equal((await app.fetch(ofAda())).status, 401)
    const caller = { definition: 'ada', username: 'ada', roles: ['seller'], scopes: ['orders:write'] }
    assert.equal((await app.fetch(ofAda(), { caller })).status, 200)
    assert.equal((await app.fetch(ofAda(), { caller: { ...caller, roles: [] } })).status, 403)
    assert.equal((await app.fetch(ofAda(), { caller: { ...caller, username: 'bob' } })).status, 403)
  })
})
