import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  type AppSettings,
  createApp,
  defineProblem,
  get,
  group,
  notFound,
  post,
  problem,
  rest,
  type Service,
  StartupError,
  service,
  silentLogger,
  unauthorized,
} from 'trestle'
import { z } from 'zod'
import { openApiDocument } from '../../src/openapi/document.ts'
import { ask, askJson, headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { keptLog, type LogEntry, serve } from './served.ts'

class Missing extends Error {}

const failing = (name: string, error: () => unknown, on = get(`/${name}`)): Service =>
  service({
    name,
    on,
    handle: () => {
      throw error()
    },
  })

const app = (services: readonly Service[], settings: AppSettings = {}): ReturnType<typeof createApp> =>
  createApp({ services, mode: 'production', log: silentLogger, ...settings })

const car = service({
  name: 'car',
  input: z.object({ make: z.string(), year: z.int() }),
  unknown: 'strict',
  on: post('/cars', { status: 201 }),
  handle: () => {},
})

const texts = {
  route_not_found: 'The requested resource was not found.',
  malformed_body: 'This request was not properly formatted. Please send again.',
  unsupported_media_type: 'The {type} mediatype is not supported.',
  invalid_input: 'Request had invalid or missing data.',
}

suite('texts', () => {
  test('take the place of details, with the values that they name', async () => {
    await using served = await serve([car], { errors: { shape: 'simple', texts } })
    const send = async (line: string, type: string, body: string): Promise<unknown> => {
      const reply = await ask(served.port, line, { 'Content-Type': type }, body)
      return [reply.status, headerOf(reply, 'content-type'), reply.body.toString()]
    }
    const json = 'application/json'
    assert.deepEqual(await send('GET /motorcycles', json, ''), [
      404,
      json,
      JSON.stringify({ error: texts.route_not_found }),
    ])
    assert.deepEqual(await send('POST /cars', json, '{"make":"GMC"'), [
      400,
      json,
      JSON.stringify({ error: texts.malformed_body }),
    ])
    assert.deepEqual(await send('POST /cars', 'application/x-car; v=1', '<car/>'), [
      415,
      json,
      '{"error":"The application/x-car mediatype is not supported."}',
    ])
    assert.deepEqual(await send('POST /cars', json, '{"make":"GMC","topSpeed":120}'), [
      422,
      json,
      JSON.stringify({ error: texts.invalid_input }),
    ])
  })
  test('name params of the problem, and fall back where there is no value', async () => {
    const raise = (): unknown => problem('conflict', undefined, { params: { item: 'A-1', constructor: 7 } })
    const settings = {
      errors: { shape: 'fastapi', texts: { conflict: '{item} {toString|none} {detail|-} {method}' } },
    } as const
    await using served = await serve([failing('x', raise)], settings)
    assert.deepEqual(jsonOf(await ask(served.port, 'GET /x')), { detail: 'A-1 none - GET' })
  })
})

suite('a shape of your own', () => {
  test('is a function of the problem and the request', async () => {
    const errors: AppSettings['errors'] = ({ code, detail, findings }, { path }) =>
      findings === undefined
        ? { error: code, message: detail, path }
        : { error: code, details: findings.map((each) => each.path) }
    await using served = await serve([failing('x', () => problem('not_found', 'No x')), car], { errors })
    const reply = await ask(served.port, 'GET /x?a=1')
    assert.deepEqual([reply.status, jsonOf(reply)], [404, { error: 'not_found', message: 'No x', path: '/x' }])
    assert.deepEqual(jsonOf(await askJson(served.port, 'POST /cars', {})), {
      error: 'invalid_input',
      details: ['/make', '/year'],
    })
  })
  test('has a media type and a model, which the description shows', async () => {
    const schema = z.object({ oops: z.string() })
    await using made = app([failing('x', () => new Error('secret'))], {
      errors: { body: ({ title }) => ({ oops: title }), schema, type: 'application/vnd.oops+json' },
    })
    const reply = await made.fetch(new Request('http://localhost/x'))
    assert.equal(reply.headers.get('content-type'), 'application/vnd.oops+json')
    assert.deepEqual(await reply.json(), { oops: 'Internal error' })
    const { components } = openApiDocument(made.description)
    assert.deepEqual(components.responses?.InternalServerError?.content, {
      'application/vnd.oops+json': {
        schema: { $ref: '#/components/schemas/Error' },
        examples: {
          internal_error: {
            summary: 'Internal error',
            description:
              components.responses?.InternalServerError?.content?.['application/vnd.oops+json']?.examples
                ?.internal_error?.description,
            value: { oops: 'Internal error' },
          },
        },
      },
    })
    assert.deepEqual(components.schemas?.Error, {
      type: 'object',
      properties: { oops: { type: 'string' } },
      required: ['oops'],
    })
  })
  test('may be text', async () => {
    const errors = { body: ({ title }: { title: string }) => `<h1>${title}</h1>`, type: 'text/html; charset=utf-8' }
    await using served = await serve([failing('x', () => problem('conflict'))], { errors })
    const reply = await ask(served.port, 'GET /x')
    assert.equal(headerOf(reply, 'content-type'), 'text/html; charset=utf-8')
    assert.equal(reply.body.toString(), '<h1>Conflict</h1>')
  })
  test('that throws is logged, and the client gets an internal error in the standard shape', async () => {
    const errors = (): never => {
      throw new Error('the shape is broken')
    }
    await using served = await serve([failing('x', () => problem('conflict'))], { errors })
    const reply = await ask(served.port, 'GET /x')
    assert.deepEqual([reply.status, jsonOf(reply).code], [500, 'internal_error'])
    assert.deepEqual(
      served.errors().map(({ message }) => message),
      ['x failed: the shape is broken'],
    )
  })
})

test('a shape that does not exist keeps the app from starting, and the channel that has it is named', () => {
  const wanted =
    /the errors of GET \/\S+ \([\w.-]+\) have the shape 'odd', which is none: take one of 'problem', 'simple', 'envelope', 'fastapi', 'drf', or give a function/
  assert.throws(() => app([car], { errors: 'odd' as 'drf' }), wanted)
  assert.throws(() => app([car], { errors: { shape: 'odd' as 'drf', texts: {} } }), wanted)
})

suite('a miss', () => {
  const base = service.with({ on: rest({ prefix: '/drf', errors: 'drf', headers: { 'X-Group': 'drf' } }) })
  const inner = base.with({ on: rest({ prefix: '/{tenant}', errors: 'simple' }) })
  const services = [
    base({ name: 'a', on: get('/a'), handle: () => {} }),
    inner({ name: 'b', input: z.object({ tenant: z.string() }), on: get('/b'), handle: () => {} }),
  ]
  test('has the shape of the group with the longest prefix above it', async () => {
    await using served = await serve(services, { errors: 'fastapi' })
    const bodyOf = async (path: string): Promise<unknown> => jsonOf(await ask(served.port, `GET ${path}`))
    assert.deepEqual(await bodyOf('/nothing'), { detail: 'Not Found' })
    assert.deepEqual(await bodyOf('/drfs'), { detail: 'Not Found' })
    assert.deepEqual(await bodyOf('/drf'), { detail: 'Not found.' })
    assert.deepEqual(await bodyOf('/drf/7/c'), { error: 'Nothing is served at /drf/7/c' })
    const wrong = await ask(served.port, 'DELETE /drf/a')
    assert.equal(wrong.status, 405)
    assert.equal(headerOf(wrong, 'x-group'), 'drf')
  })
  test('has the shape of a group of channels', async () => {
    const outer = group({ prefix: '/v1', errors: 'envelope' })
    const cars = outer.group({ prefix: '/cars', errors: { shape: 'simple', texts } })
    const made = service({ name: 'x', on: cars.get('/x'), handle: () => {} })
    await using served = await serve([made], { prefix: '/api' })
    const bodyOf = async (path: string): Promise<object> => jsonOf(await ask(served.port, `GET ${path}`))
    assert.deepEqual(await bodyOf('/api/v1/cars/7'), { error: texts.route_not_found })
    assert.deepEqual(Object.keys(await bodyOf('/api/v1/car')), ['meta', 'error'])
    assert.equal('code' in (await bodyOf('/v1/cars/7')), true)
  })
  test('of a malformed path has it too', async () => {
    await using served = await serve(services)
    assert.deepEqual(Object.keys(jsonOf(await ask(served.port, 'GET /drf/%zz/b'))), ['error'])
  })
  test('has the constant headers, and so has an automatic OPTIONS', async () => {
    await using served = await serve(services, { headers: { 'X-App': '1', 'Cache-Control': 'no-store' } })
    const missing = await ask(served.port, 'GET /nothing')
    assert.deepEqual([headerOf(missing, 'x-app'), headerOf(missing, 'cache-control')], ['1', undefined])
    const asked = await ask(served.port, 'OPTIONS /drf/a')
    assert.deepEqual([asked.status, headerOf(asked, 'x-app'), headerOf(asked, 'x-group')], [204, '1', 'drf'])
  })
})

suite('authFailureStatus: 403', () => {
  const closed = service({
    name: 'closed',
    throws: ['unauthorized', 'forbidden'],
    on: get('/closed'),
    handle: () => unauthorized('Log in', { headers: { 'WWW-Authenticate': 'Basic realm="x"', 'X-More': '1' } }),
  })
  test('answers unauthorized without a challenge', async () => {
    await using served = await serve([closed], { authFailureStatus: 403 })
    const reply = await ask(served.port, 'GET /closed')
    assert.deepEqual([reply.status, jsonOf(reply).status, jsonOf(reply).code], [403, 403, 'unauthorized'])
    assert.deepEqual([headerOf(reply, 'www-authenticate'), headerOf(reply, 'x-more')], [undefined, '1'])
  })
  test('is described', async () => {
    await using made = app([closed], { authFailureStatus: 403 })
    const [operation] = made.description.operations.filter((each) => each.service === 'closed')
    assert.deepEqual(operation?.problems, [
      { status: 403, codes: ['unauthorized', 'forbidden'] },
      { status: 500, codes: ['internal_error'] },
    ])
  })
})

suite('alwaysOk', () => {
  const order = service({
    name: 'order',
    input: z.object({ id: z.int() }),
    output: z.object({ id: z.int() }),
    on: get('/orders/{id}'),
    handle: ({ input }) => (input.id === 8 ? notFound('There is no order 8') : input),
  })
  test('answers 200, with the status in the body', async () => {
    await using served = await serve([order], { alwaysOk: true, errors: 'simple' })
    const reply = await ask(served.port, 'GET /orders/8')
    assert.deepEqual([reply.status, jsonOf(reply)], [200, { error: 'There is no order 8', status: 404 }])
    const missing = await ask(served.port, 'DELETE /orders/8')
    assert.deepEqual(
      [missing.status, headerOf(missing, 'allow'), jsonOf(missing).status],
      [200, 'GET, HEAD, OPTIONS', 405],
    )
  })
  test('is described as further forms of the reply with 200', async () => {
    await using made = app([order], { alwaysOk: true, errors: 'simple' })
    const { paths } = openApiDocument(made.description)
    const responses = paths['/orders/{id}']?.get?.responses ?? {}
    assert.deepEqual(Object.keys(responses), ['200'])
    const ok = responses['200']
    assert.ok(ok !== undefined && 'content' in ok)
    assert.deepEqual(ok.content?.['application/json']?.schema?.anyOf, [
      { type: 'object', properties: { id: { type: 'integer', format: 'int64' } }, required: ['id'] },
      { $ref: '#/components/schemas/SimpleError' },
    ])
  })
  test('of another success is described beside it', async () => {
    await using made = app([car], { alwaysOk: true })
    const { paths } = openApiDocument(made.description)
    assert.deepEqual(Object.keys(paths['/cars']?.post?.responses ?? {}), ['200', '201'])
  })
})

suite('onError', () => {
  const noSuch = defineProblem({ code: 'no_such_thing', status: 404, title: 'No such thing' })
  test('translates what is thrown, for gates and inputs too', async () => {
    const seen: unknown[] = []
    const onError: AppSettings['onError'] = (error, call) => {
      seen.push([call.service, call.cid])
      return error instanceof Missing ? problem('not_found', 'Gone') : undefined
    }
    await using served = await serve([failing('x', () => new Missing()), car], { onError })
    const reply = await ask(served.port, 'GET /x', { 'X-Correlation-ID': 'mine' })
    assert.deepEqual([reply.status, jsonOf(reply).detail], [404, 'Gone'])
    assert.equal((await askJson(served.port, 'POST /cars', {})).status, 422)
    assert.deepEqual(seen[0], ['x', 'mine'])
    assert.equal(seen.length, 2)
    assert.deepEqual(served.errors(), [])
  })
  test('asks the innermost layer first, then those around it', async () => {
    const asked: string[] = []
    const layer = (name: string): AppSettings['onError'] => {
      return (error) => {
        asked.push(name)
        if (name === 'base') throw error
        return name === 'app' ? problem('conflict') : undefined
      }
    }
    const base = service.with({ on: rest({ onError: layer('base') as never }) })
    const made = base({
      name: 'x',
      on: get('/x', { onError: layer('channel') as never }),
      handle: () => {
        throw new Missing()
      },
    })
    await using served = await serve([made], { onError: layer('app') as never })
    assert.equal((await ask(served.port, 'GET /x')).status, 409)
    assert.deepEqual(asked, ['channel', 'base', 'app'])
  })
  test('may throw a problem', async () => {
    await using served = await serve([failing('x', () => new Missing())], { onError: () => noSuch('Not here') })
    assert.deepEqual(jsonOf(await ask(served.port, 'GET /x')).code, 'no_such_thing')
  })
  test('that fails is logged, and the client gets an internal error', async () => {
    const onError = (): never => {
      throw new TypeError('the handler is broken')
    }
    await using served = await serve([failing('x', () => new Missing())], { onError })
    assert.deepEqual(jsonOf(await ask(served.port, 'GET /x')).code, 'internal_error')
    assert.deepEqual(
      served.errors().map(({ message }) => message),
      ['x failed: the handler is broken'],
    )
  })
})

suite('the headers of a problem', () => {
  test('are the constant ones and those that the service has set, but for what speaks of a success', async () => {
    const made = service({
      name: 'x',
      on: get('/x', { headers: { 'X-Constant': 'c', ETag: '"1"' } }),
      handle: ({ http }) => {
        http?.setHeader('X-Set', 's')
        http?.setHeader('Cache-Control', 'max-age=60')
        http?.setHeader('Content-Language', 'de')
        http?.setHeader('Location', '/y')
        http?.setHeader('Retry-After', '1')
        throw problem('unavailable', undefined, { headers: { 'Retry-After': '9' } })
      },
    })
    await using served = await serve([made])
    const { fields } = await ask(served.port, 'GET /x')
    const names = fields.map(([name]) => name).filter((name) => !['Date', 'Connection', 'Keep-Alive'].includes(name))
    assert.deepEqual(names.sort(), [
      'Content-Length',
      'Content-Type',
      'Retry-After',
      'X-Constant',
      'X-Correlation-ID',
      'X-Set',
    ])
    assert.equal(fields.find(([name]) => name === 'Retry-After')?.[1], '9')
  })
})

suite('throws', () => {
  const outOfStock = defineProblem({ code: 'out_of_stock', status: 409, title: 'Out of stock', help: 'Ask tomorrow.' })
  const made = service({ name: 'x', throws: [outOfStock, 'conflict', notFound], on: get('/x'), handle: () => {} })
  test('puts kinds into the description, with an example', async () => {
    await using built = app([made])
    const { components } = openApiDocument(built.description)
    assert.equal(components.responses?.Conflict?.description, 'Out of stock or conflict')
    const examples = components.responses?.Conflict?.content?.['application/problem+json']?.examples
    assert.deepEqual(examples?.out_of_stock, {
      summary: 'Out of stock',
      description: 'Ask tomorrow.',
      value: {
        type: '/docs/errors/out_of_stock',
        title: 'Out of stock',
        status: 409,
        code: 'out_of_stock',
        cid: '5f0c954ed2744a5a9ad7d2d3b6d3e1f0',
      },
    })
    assert.equal(components.responses?.NotFound?.description, 'Not found')
  })
  test('gives each kind a page at its type', async () => {
    await using built = app([made])
    const page = await built.fetch(new Request('http://localhost/docs/errors/out_of_stock'))
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<h1>Out of stock<\/h1>.*Ask tomorrow\./s)
    const table = await built.fetch(new Request('http://localhost/docs/errors'))
    assert.match(await table.text(), /out_of_stock.*Ask tomorrow\..*bad_request/s)
  })
  const starts = (...throws: NonNullable<Service['throws']>): (() => unknown) => {
    return () => app([made, service({ name: 'y', throws, handle: () => {} })])
  }
  test('refuses a second kind of the same code', () => {
    const other = defineProblem({ code: 'out_of_stock', status: 410, title: 'Out of stock' })
    assert.throws(
      starts(other),
      new StartupError([
        "x and y throw different problems with the code 'out_of_stock': give one of them another code",
      ]),
    )
    starts(defineProblem({ ...outOfStock.kind }))()
  })
  test('refuses a kind with a code of the catalogue', () => {
    const mine = defineProblem({ code: 'conflict', status: 409, title: 'Conflict' })
    assert.throws(
      starts(mine),
      new StartupError([
        "y throws a problem of its own with the code 'conflict' of the catalogue: give it another code",
      ]),
    )
  })
  test('refuses a status that no problem has, and a code that has no address', () => {
    const faults = [
      "the problem 'odd' has the status 200: give it one from 400 to 599",
      "y throws a problem with the code 'a/b': make it of letters, digits, '_', '-' and '.'",
    ]
    const odd = defineProblem({ code: 'odd', status: 200, title: 'Odd' })
    const slash = defineProblem({ code: 'a/b', status: 400, title: 'Slash' })
    assert.throws(starts(odd, slash), new StartupError(faults))
    assert.throws(
      starts((() => {}) as never),
      new StartupError(['y throws a function that defineProblem did not make: remove it']),
    )
  })
})

suite('the type of a problem', () => {
  const own = defineProblem({ code: 'own', status: 409, title: 'Own' })
  const unlisted = defineProblem({ code: 'unlisted', status: 409, title: 'Unlisted' })
  const services = [
    service({ name: 'own', throws: [own], on: get('/own'), handle: () => own() }),
    service({ name: 'unlisted', on: get('/unlisted'), handle: () => unlisted() }),
  ]
  const rows: readonly (readonly [what: string, settings: AppSettings, types: readonly string[]])[] = [
    ['is a path of its own app', {}, ['/docs/errors/own', 'about:blank', '/docs/errors/route_not_found']],
    [
      'is below the first of the servers',
      { servers: ['https://example.com/shop/', 'http://b'] },
      [
        'https://example.com/shop/docs/errors/own',
        'about:blank',
        'https://example.com/shop/docs/errors/route_not_found',
      ],
    ],
    ['is blank where there are no pages', { docs: false }, ['about:blank', 'about:blank', 'about:blank']],
    [
      'is where the app says',
      { docs: false, problemTypes: 'https://e.example/' },
      ['https://e.example/own', 'https://e.example/unlisted', 'https://e.example/route_not_found'],
    ],
  ]
  for (const [what, settings, types] of rows) {
    test(what, async () => {
      await using made = app(services, settings)
      const all = ['/own', '/unlisted', '/nothing'].map(async (path) => {
        const reply = await made.fetch(new Request(`http://localhost${path}`))
        return ((await reply.json()) as { type: string }).type
      })
      assert.deepEqual(await Promise.all(all), types)
    })
  }
})

suite('a method that nothing implements', () => {
  test('is answered with 501, one that the path does not have with 405', async () => {
    await using served = await serve([car])
    const reply = await ask(served.port, 'PROPFIND /cars')
    assert.deepEqual([reply.status, jsonOf(reply).code], [501, 'not_implemented'])
    assert.equal((await served.fetch(new Request('http://localhost/cars', { method: 'BREW' }))).status, 501)
    assert.equal((await ask(served.port, 'PUT /cars')).status, 405)
    assert.deepEqual(served.errors(), [])
  })
  test('is answered with 501 also where not even the parser knows it', async () => {
    await using served = await serve([car])
    const reply = await ask(served.port, 'BREW /cars')
    assert.deepEqual([reply.status, jsonOf(reply).code], [501, 'not_implemented'])
    assert.equal(jsonOf(reply).detail, 'The method BREW is not implemented here')
    assert.equal(headerOf(reply, 'connection'), 'close')
    assert.equal((await ask(served.port, 'GET /x', {}, 'BREW')).status, 404)
  })
  test('is answered behind another request on the same connection', async () => {
    await using served = await serve([car])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('PUT /cars'), requestText('BREW /cars'))
    assert.equal((await connection.reply()).status, 405)
    assert.equal((await connection.reply()).status, 501)
    assert.equal(await connection.rest(), '')
  })
})

suite('what no channel gets to see', () => {
  test('is told in the shape of the app', async () => {
    await using made = app([car], { errors: 'simple' })
    const { port } = await made.listen({ port: 0 })
    assert.deepEqual(jsonOf(await ask(port, 'GET /cars', { Host: 'a b' })), {
      error: 'The Host header is not one host, with a port or without',
    })
    await using connection = await RawConnection.open(port)
    connection.send('nonsense\r\n\r\n')
    assert.deepEqual(jsonOf(await connection.reply()), { error: 'Malformed request' })
  })
})

test('a shape that fails where no channel is asked is logged, and the refusal told as RFC 9457 says', async () => {
  const lines: LogEntry[] = []
  const errors = (): never => {
    throw new Error('no such shape')
  }
  await using broken = createApp({ services: [], log: keptLog(lines), errors, limits: { urlBytes: 20 } })
  const { port } = await broken.listen({ port: 0 })
  for (const [sent, code] of [
    [requestText(`GET /${'x'.repeat(20)}`), 'uri_too_long'],
    ['GET / HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['nonsense\r\n\r\n', 'malformed_request'],
  ] as const) {
    await using connection = await RawConnection.open(port)
    connection.send(sent)
    assert.equal(jsonOf(await connection.reply()).code, code)
  }
  assert.deepEqual(
    lines.filter(({ level }) => level === 'error').map(({ message }) => message),
    Array(3).fill('the server goes on after a failure: Error: no such shape'),
  )
})
