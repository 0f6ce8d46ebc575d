import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import {
  type App,
  type AppSettings,
  createApp,
  defineProblem,
  get,
  notFound,
  post,
  service,
  silentLogger,
} from 'trestle'
import { z } from 'zod'
import { openApiDocument } from '../../src/openapi/document.ts'
import { ask, headerOf, jsonOf, type RawReply } from './raw-connection.ts'

const outOfStock = defineProblem({ code: 'out_of_stock', status: 409, title: 'Out of stock', help: 'Ask tomorrow.' })

const order = service({
  name: 'order',
  input: z.object({
    item: z.string().min(2),
    count: z.int().min(1),
    lines: z.array(z.object({ price: z.number() })).optional(),
  }),
  output: z.object({ id: z.int() }),
  throws: [outOfStock, 'not_found'],
  on: post('/orders'),
  handle: ({ input }) => {
    if (input.item === 'sofa') notFound('There is no sofa')
    if (input.item === 'desk') outOfStock('No more desks', { headers: { 'Retry-After': '60' } })
    if (input.item === 'bomb') throw new Error('secret')
    return { id: 1 }
  },
})
const read = service({
  name: 'read',
  input: z.object({ id: z.int() }),
  output: z.object({ id: z.int() }),
  on: get('/orders/{id}'),
  handle: ({ input }) => input,
})

const cid = 'c1d'
const time = new Date('2026-01-02T03:04:05.678Z')
const clock = { now: () => time, elapsed: () => 0 }
const meta = { cid, is_ok: false, timestamp: '2026-01-02T03:04:05.678Z' }

type Answer = readonly [status: number, body: unknown]

/** Sends each kind of bad request over a socket of its own. */
const requests: Readonly<Record<string, (port: number) => Promise<RawReply>>> = {
  'an unknown path': (port) => ask(port, 'GET /nothing', id),
  'an unknown method of a path': (port) => ask(port, 'DELETE /orders', id),
  'a body of another type': (port) => ask(port, 'POST /orders', { ...id, 'Content-Type': 'application/x-odd' }, 'x'),
  'several findings': (port) => ask(port, 'POST /orders', json, '{"item":"a","count":1.5,"lines":[{},{"price":"x"}]}'),
  'a missing member': (port) => ask(port, 'POST /orders', json, '{"item":"lamp"}'),
  'a text in the path': (port) => ask(port, 'GET /orders/x', id),
  'a list for a body': (port) => ask(port, 'POST /orders', json, '[]'),
  'broken JSON': (port) => ask(port, 'POST /orders', json, '{"item":'),
  'a problem of the catalogue': (port) => ask(port, 'POST /orders', json, '{"item":"sofa","count":1}'),
  'a kind of its own': (port) => ask(port, 'POST /orders', json, '{"item":"desk","count":1}'),
  'an internal error': (port) => ask(port, 'POST /orders', json, '{"item":"bomb","count":1}'),
}
const id = { 'X-Correlation-ID': cid }
const json = { ...id, 'Content-Type': 'application/json' }

interface Started extends AsyncDisposable {
  readonly app: App
  readonly port: number
}

async function start(settings: AppSettings): Promise<Started> {
  const app = createApp({ services: [order, read], mode: 'production', log: silentLogger, clock, ...settings })
  const { port } = await app.listen({ port: 0 })
  return { app, port, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

async function answers(port: number): Promise<Readonly<Record<string, Answer>>> {
  const all = await Promise.all(
    Object.entries(requests).map(async ([name, send]) => {
      const reply = await send(port)
      assert.equal(headerOf(reply, 'x-correlation-id'), cid)
      return [name, [reply.status, jsonOf(reply)]] as const
    }),
  )
  return Object.fromEntries(all)
}

/** Asserts that the description has a response for the status whose schema takes the body. */
function assertDescribed(app: App, method: 'get' | 'post', path: string, reply: RawReply): void {
  const document = openApiDocument(app.description)
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema(document, 'api')
  const response = document.paths[path]?.[method]?.responses[reply.status]
  assert.ok(response !== undefined, `${reply.status} is not described`)
  const name = '$ref' in response ? response.$ref.split('/').at(-1) : undefined
  const described = name === undefined ? response : document.components.responses?.[name]
  assert.ok(described !== undefined && 'content' in described)
  const [type, content] = Object.entries(described.content ?? {})[0] ?? []
  assert.equal(headerOf(reply, 'content-type'), type)
  const schema = JSON.parse(JSON.stringify(content?.schema).replaceAll('"#/', '"api#/'))
  const check = ajv.compile(schema)
  assert.ok(check(jsonOf(reply)), JSON.stringify(check.errors))
  for (const example of Object.values(content?.examples ?? {})) {
    assert.ok(check(example.value), JSON.stringify([example.value, check.errors]))
  }
}

const shared: Readonly<Record<string, number>> = {
  'an unknown path': 404,
  'an unknown method of a path': 405,
  'a body of another type': 415,
  'several findings': 422,
  'a missing member': 422,
  'a text in the path': 422,
  'a list for a body': 422,
  'broken JSON': 400,
  'a problem of the catalogue': 404,
  'a kind of its own': 409,
  'an internal error': 500,
}

const found = {
  item: { in: 'body', path: '/item', code: 'too_small', message: 'must have at least 2 characters' },
  count: { in: 'body', path: '/count', code: 'invalid_type', message: 'must be an integer' },
  first: { in: 'body', path: '/lines/0/price', code: 'missing', message: 'is required' },
  second: { in: 'body', path: '/lines/1/price', code: 'invalid_type', message: 'must be a number' },
  missing: { in: 'body', path: '/count', code: 'missing', message: 'is required' },
  path: { in: 'path', path: '/id', code: 'invalid_type', message: 'must be an integer' },
  list: { in: 'body', path: '', code: 'invalid_type', message: 'must be an object' },
}
const several = [found.item, found.count, found.first, found.second]

const problemOf = (status: number, code: string, title: string, more: object): object => {
  return { type: `/docs/errors/${code}`, title, status, code, cid, ...more }
}
const enveloped = (code: string, title: string, more: object): object => ({ meta, error: { code, title, ...more } })

/** What each shape answers to each of the requests, in their order. */
const shapes: Readonly<Record<'problem' | 'simple' | 'envelope' | 'fastapi' | 'drf', readonly object[]>> = {
  problem: [
    problemOf(404, 'route_not_found', 'No such address', { detail: 'Nothing is served at /nothing' }),
    problemOf(405, 'method_not_allowed', 'Method not allowed', { detail: '/orders answers OPTIONS, POST' }),
    problemOf(415, 'unsupported_media_type', 'Unsupported media type', {
      detail: 'The body is application/x-odd; send application/json',
    }),
    problemOf(422, 'invalid_input', 'Invalid input', { errors: several }),
    problemOf(422, 'invalid_input', 'Invalid input', { errors: [found.missing] }),
    problemOf(422, 'invalid_input', 'Invalid input', { errors: [found.path] }),
    problemOf(422, 'invalid_input', 'Invalid input', { errors: [found.list] }),
    problemOf(400, 'malformed_body', 'Malformed body', { detail: 'The body is not valid JSON: it ends too early' }),
    problemOf(404, 'not_found', 'Not found', { detail: 'There is no sofa' }),
    problemOf(409, 'out_of_stock', 'Out of stock', { detail: 'No more desks' }),
    problemOf(500, 'internal_error', 'Internal error', {}),
  ],
  simple: [
    { error: 'Nothing is served at /nothing' },
    { error: '/orders answers OPTIONS, POST' },
    { error: 'The body is application/x-odd; send application/json' },
    {
      error:
        'Invalid input: item must have at least 2 characters; count must be an integer; ' +
        'lines/0/price is required; lines/1/price must be a number',
    },
    { error: 'Invalid input: count is required' },
    { error: 'Invalid input: id must be an integer' },
    { error: 'Invalid input: the body must be an object' },
    { error: 'The body is not valid JSON: it ends too early' },
    { error: 'There is no sofa' },
    { error: 'No more desks' },
    { error: 'Internal error' },
  ],
  envelope: [
    enveloped('route_not_found', 'No such address', { detail: 'Nothing is served at /nothing' }),
    enveloped('method_not_allowed', 'Method not allowed', { detail: '/orders answers OPTIONS, POST' }),
    enveloped('unsupported_media_type', 'Unsupported media type', {
      detail: 'The body is application/x-odd; send application/json',
    }),
    enveloped('invalid_input', 'Invalid input', { errors: several }),
    enveloped('invalid_input', 'Invalid input', { errors: [found.missing] }),
    enveloped('invalid_input', 'Invalid input', { errors: [found.path] }),
    enveloped('invalid_input', 'Invalid input', { errors: [found.list] }),
    enveloped('malformed_body', 'Malformed body', { detail: 'The body is not valid JSON: it ends too early' }),
    enveloped('not_found', 'Not found', { detail: 'There is no sofa' }),
    enveloped('out_of_stock', 'Out of stock', { detail: 'No more desks' }),
    enveloped('internal_error', 'Internal error', {}),
  ],
  fastapi: [
    { detail: 'Not Found' },
    { detail: 'Method Not Allowed' },
    { detail: 'The body is application/x-odd; send application/json' },
    {
      detail: [
        {
          type: 'string_too_short',
          loc: ['body', 'item'],
          msg: 'String should have at least 2 characters',
          input: 'a',
          ctx: { min_length: 2 },
        },
        {
          type: 'int_from_float',
          loc: ['body', 'count'],
          msg: 'Input should be a valid integer, got a number with a fractional part',
          input: 1.5,
        },
        { type: 'missing', loc: ['body', 'lines', 0, 'price'], msg: 'Field required', input: {} },
        {
          type: 'float_parsing',
          loc: ['body', 'lines', 1, 'price'],
          msg: 'Input should be a valid number, unable to parse string as a number',
          input: 'x',
        },
      ],
    },
    { detail: [{ type: 'missing', loc: ['body', 'count'], msg: 'Field required', input: { item: 'lamp' } }] },
    {
      detail: [
        {
          type: 'int_parsing',
          loc: ['path', 'id'],
          msg: 'Input should be a valid integer, unable to parse string as an integer',
          input: 'x',
        },
      ],
    },
    {
      detail: [
        {
          type: 'model_attributes_type',
          loc: ['body'],
          msg: 'Input should be a valid dictionary or object to extract fields from',
          input: [],
        },
      ],
    },
    {
      detail: [
        {
          type: 'json_invalid',
          loc: ['body', 8],
          msg: 'JSON decode error',
          input: {},
          ctx: { error: 'The body is not valid JSON: it ends too early' },
        },
      ],
    },
    { detail: 'There is no sofa' },
    { detail: 'No more desks' },
    { detail: 'Internal Server Error' },
  ],
  drf: [
    { detail: 'Not found.' },
    { detail: 'Method "DELETE" not allowed.' },
    { detail: 'Unsupported media type "application/x-odd" in request.' },
    {
      item: ['Ensure this field has at least 2 characters.'],
      count: ['A valid integer is required.'],
      lines: [{ price: ['This field is required.'] }, { price: ['A valid number is required.'] }],
    },
    { count: ['This field is required.'] },
    { id: ['A valid integer is required.'] },
    { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] },
    { detail: 'JSON parse error - The body is not valid JSON: it ends too early' },
    { detail: 'There is no sofa' },
    { detail: 'No more desks' },
    { detail: 'A server error occurred.' },
  ],
}

for (const [name, bodies] of Object.entries(shapes) as [keyof typeof shapes, readonly object[]][]) {
  suite(`errors: '${name}'`, () => {
    test('answers each refusal in its shape', async () => {
      await using started = await start({ errors: name })
      const wanted = Object.entries(shared).map(([what, status], at) => [what, [status, bodies[at]]])
      assert.deepEqual(await answers(started.port), Object.fromEntries(wanted))
    })
    test('is described by the schemas that its replies fit', async () => {
      await using started = await start({ errors: name })
      for (const [what, send] of Object.entries(requests)) {
        if (what.startsWith('an unknown')) continue
        const [method, path] = what === 'a text in the path' ? (['get', '/orders/{id}'] as const) : posted
        assertDescribed(started.app, method, path, await send(started.port))
      }
    })
    test('keeps the headers of the problem', async () => {
      await using started = await start({ errors: name })
      assert.equal(headerOf(await ask(started.port, 'DELETE /orders'), 'allow'), 'OPTIONS, POST')
      const refused = await ask(started.port, 'POST /orders', json, '{"item":"desk","count":1}')
      assert.equal(headerOf(refused, 'retry-after'), '60')
      const type = name === 'problem' ? 'application/problem+json' : 'application/json'
      assert.equal(headerOf(refused, 'content-type'), type)
    })
    test('holds for app.fetch too', async () => {
      await using started = await start({ errors: name })
      const body = '{"item":"sofa","count":1}'
      const reply = await started.app.fetch(
        new Request('http://localhost/orders', { method: 'POST', headers: json, body }),
      )
      assert.deepEqual([reply.status, await reply.json()], [404, bodies[8]])
    })
  })
}

const posted = ['post', '/orders'] as const
