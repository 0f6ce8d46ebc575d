import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post } from '../../src/http/rest-channel.ts'
import { problem } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { openApiDocument } from '../../src/openapi/document.ts'
import { type ServedApp, serveApp } from './app-served.ts'
import { ask, headerOf, jsonOf, type RawReply } from './raw-connection.ts'

const cid = 'abcdef0123456789'
const Book = z.object({ title: z.string().min(2), pages: z.int() }).meta({ id: 'Book' })
const getBook = service({
  name: 'get-book',
  input: z.object({ no: z.int() }),
  output: Book,
  throws: ['not_found'],
  on: [
    get('/books/{no}', { formatSuffix: true, formatParameter: 'as' }),
    get('/json/{no}', { produces: ['json'] }),
    get('/first/{no}', { produces: ['xml', 'json'] }),
    get('/simple/{no}', { errors: 'simple' }),
    get('/always/{no}', { alwaysOk: true }),
  ],
  handle: ({ input }) => {
    throw problem('not_found', `There is no book ${input.no} & no "other"`)
  },
})
const addBook = service({ name: 'add-book', input: Book, on: post('/books', { produces: ['json'] }), handle: () => {} })

const serveBooks = (): Promise<ServedApp> =>
  serveApp({ services: [getBook, addBook], produces: ['json', 'xml'], consumes: ['json', 'xml'] })

const xml = (status: number, title: string, detail: string, code: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n<problem xmlns="urn:ietf:rfc:7807">' +
  `<type>/docs/errors/${code}</type><title>${title}</title><status>${status}</status><detail>${detail}</detail>` +
  `<code>${code}</code><cid>${cid}</cid></problem>\n`

const noBook = xml(404, 'Not found', 'There is no book 7 &amp; no "other"', 'not_found')

function typeOf(reply: RawReply): string | undefined {
  return headerOf(reply, 'Content-Type')
}

suite('a problem where replies can be XML', () => {
  const rows: readonly (readonly [accept: string | undefined, path: string, isXml: boolean])[] = [
    [undefined, '/books/7', false],
    ['*/*', '/books/7', false],
    ['application/json', '/books/7', false],
    ['application/xml', '/books/7', true],
    ['text/xml', '/books/7', true],
    ['application/xml, application/json;q=0.9', '/books/7', true],
    ['application/xml;q=0.5, application/json', '/books/7', false],
    ['application/json, application/problem+xml', '/books/7', false],
    [undefined, '/books/7.xml', true],
    ['application/json', '/books/7.xml', true],
    ['application/xml', '/books/7.json', false],
    ['application/json', '/books/7?as=xml', true],
    ['application/xml', '/books/7?as=json', false],
    [undefined, '/first/7', true],
    ['application/json', '/first/7', false],
    ['application/json, application/xml', '/json/7', false],
  ]
  for (const [accept, path, isXml] of rows) {
    test(`is ${isXml ? 'XML' : 'JSON'} for ${accept ?? 'no Accept'} at ${path}`, async () => {
      await using served = await serveBooks()
      const headers = { 'X-Correlation-ID': cid, ...(accept !== undefined && { Accept: accept }) }
      const reply = await ask(served.port, `GET ${path}`, headers)
      assert.equal(reply.status, 404)
      assert.equal(typeOf(reply), isXml ? 'application/problem+xml' : 'application/problem+json')
      assert.equal(headerOf(reply, 'Vary'), /^\/json|\.\w+$/.test(path) ? undefined : 'Accept')
      if (isXml) assert.equal(reply.body.toString(), noBook)
      else assert.equal(jsonOf(reply).code, 'not_found')
      const handed = await served.app.fetch(new Request(`http://localhost${path}`, { headers }))
      assert.equal(handed.headers.get('Content-Type'), typeOf(reply))
      assert.equal(await handed.text(), reply.body.toString())
    })
  }
  test('is XML as well where nothing is served', async () => {
    await using served = await serveBooks()
    const headers = { Accept: 'application/xml', 'X-Correlation-ID': cid }
    const missed = await ask(served.port, 'GET /nowhere', headers)
    assert.equal(missed.status, 404)
    assert.equal(
      missed.body.toString(),
      xml(404, 'No such address', 'Nothing is served at /nowhere', 'route_not_found'),
    )
    const method = await ask(served.port, 'DELETE /books/7', headers)
    assert.deepEqual([method.status, typeOf(method)], [405, 'application/problem+xml'])
  })
  test('has its findings as items named i', async () => {
    await using served = await serveApp({ services: [addBook], produces: ['json', 'xml'] })
    const headers = { Accept: 'application/xml', 'Content-Type': 'application/json' }
    const refused = await ask(served.port, 'POST /books', headers, '{"title":"","pages":1}')
    // The channel itself has JSON alone.
    assert.equal(typeOf(refused), 'application/problem+json')
    const both = service({ name: 'b', input: Book, on: post('/b', {}), output: Book, handle: ({ input }) => input })
    await using other = await serveApp({ services: [both], produces: ['json', 'xml'] })
    const told = await ask(other.port, 'POST /b', headers, '{"title":"a"}')
    assert.equal(told.status, 422)
    assert.match(
      told.body.toString(),
      /<errors><i><in>body<\/in><path>\/title<\/path><code>too_small<\/code><message>[^<]*<\/message><\/i><i>.*<\/i><\/errors>/,
    )
  })
  test('stays as it is in another shape', async () => {
    await using served = await serveBooks()
    const reply = await ask(served.port, 'GET /simple/7', { Accept: 'application/xml' })
    assert.equal(typeOf(reply), 'application/json')
  })
  test('may come with 200, and says the status', async () => {
    await using served = await serveBooks()
    const reply = await ask(served.port, 'GET /always/7', { Accept: 'application/xml' })
    assert.equal(reply.status, 200)
    assert.match(reply.body.toString(), /<status>404<\/status>/)
  })
})

test('the document has both forms of a problem where both can come', async () => {
  await using served = await serveBooks()
  const { paths, components } = openApiDocument(served.app.description)
  const responseOf = (path: string, status: number): unknown => {
    const { $ref = '' } = (paths[path]?.get?.responses[status] ?? {}) as { readonly $ref?: string }
    const { content = {} } = components.responses?.[$ref.split('/').at(-1) ?? ''] ?? {}
    return Object.entries(content).map(([type, { schema }]) => [type, schema])
  }
  const json = ['application/problem+json', { $ref: '#/components/schemas/Problem' }]
  assert.deepEqual(responseOf('/books/{no}', 404), [
    json,
    ['application/problem+xml', { $ref: '#/components/schemas/ProblemXml' }],
  ])
  assert.deepEqual(responseOf('/json/{no}', 404), [json])
  const schema = components.schemas?.ProblemXml ?? assert.fail('there is no model')
  assert.deepEqual(schema.xml, { name: 'problem', namespace: 'urn:ietf:rfc:7807' })
  assert.ok(JSON.stringify(schema).includes('"xml":{"name":"i"}'))
})
