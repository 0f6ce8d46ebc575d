import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { renderer } from '../../src/http/represent/renderer.ts'
import { get, post } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, headerOf, headersOf, jsonOf } from './raw-connection.ts'
import { serve } from './served.ts'

const Author = z.object({ name: z.string() }).meta({ id: 'Author' })
const Book = z
  .object({
    title: z.string(),
    page_count: z.int(),
    pub_date: z.iso.date(),
    authors: z.array(Author),
    isbn13: z.string(),
    genre: z.string(),
  })
  .meta({ id: 'Book' })

const book = {
  title: 'Python Basics',
  page_count: 635,
  pub_date: '2021-03-16',
  authors: [{ name: 'David Amos' }, { name: 'Joanna Jablonski' }],
  isbn13: '978-1775093329',
  genre: 'Education',
}

const bookXml =
  '<?xml version="1.0" encoding="UTF-8"?>\n<book><title>Python Basics</title><page_count>635</page_count>' +
  '<pub_date>2021-03-16</pub_date><authors><author><name>David Amos</name></author><author><name>Joanna Jablonski' +
  '</name></author></authors><isbn13>978-1775093329</isbn13><genre>Education</genre></book>\n'

let ran = 0
const getBook = service({
  name: 'get-book',
  output: Book,
  on: [
    get('/books/1', {
      produces: ['json', 'xml', 'yaml', 'html', 'text'],
      formatParameter: 'format',
      formatSuffix: true,
    }),
    get('/plain', {}),
    get('/lenient', { accept: 'lenient' }),
    get('/ignoring', { produces: ['xml', 'json'], accept: 'ignore' }),
    get('/pretty', { json: { sortKeys: true, indent: 2, newline: true } }),
    get('/wrapped', { produces: ['json', 'xml'], envelope: 'meta' }),
  ],
  handle: () => {
    ran++
    return book
  },
})

const bothWays = { consumes: ['json', 'xml', 'yaml'], produces: ['json', 'xml', 'yaml'] } as const

const addBook = service({
  name: 'add-book',
  input: Book,
  output: Book,
  on: post('/books', { status: 201, ...bothWays }),
  handle: ({ input }) => input,
})

const cell = z.object({ id: z.int(), name: z.string().nullable(), tags: z.array(z.string()).optional() })
const listCells = service({
  name: 'list-cells',
  output: z.array(cell),
  on: [
    get('/cells', { produces: ['json', 'csv', 'xml', 'html'] }),
    get('/guarded', { produces: ['csv'], csv: { guard: true } }),
  ],
  handle: () => [
    { id: 1, name: 'a "b", c', tags: ['x', 'y'] },
    { id: 2, name: null },
    { id: 3, name: '=1+1' },
  ],
})

const shout = renderer({
  name: 'shout',
  types: ['text/x-shout'],
  render: (value, { parameters }) => `${parameters.mark ?? ''}${JSON.stringify(value).toUpperCase()}`,
})
const greet = service({
  name: 'greet',
  output: z.object({ hello: z.string() }),
  on: get('/greet', { produces: ['json', shout] }),
  handle: () => ({ hello: 'world' }),
})

const picture = service({
  name: 'picture',
  on: [get('/picture', { produces: ['image/png'] }), get('/page')],
  handle: () => media(new Uint8Array([1, 2, 3]), 'image/png'),
})

const services = [getBook, addBook, listCells, greet, picture]

const chosen: Record<string, [accept: string, type: string | undefined]> = {
  'any type': ['*/*', 'application/json'],
  'a type': ['application/xml', 'application/xml'],
  'a type in capitals': ['Application/XML', 'application/xml'],
  'another name of a type': ['text/xml', 'text/xml; charset=utf-8'],
  'the greater weight': ['application/json;q=0.5, application/xml;q=0.9', 'application/xml'],
  'equal weights in the order of the channel': ['application/yaml, application/json', 'application/json'],
  'a type before its family': ['application/*;q=0.9, application/xml', 'application/xml'],
  'what is left when one is refused': ['application/json;q=0, */*;q=0.1', 'application/xml'],
  'a specific refusal against any type': [
    '*/*, application/json;q=0, application/xml;q=0.0',
    'text/xml; charset=utf-8',
  ],
  'a family': ['text/*', 'text/xml; charset=utf-8'],
  'what a browser sends': [
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'text/html; charset=utf-8',
  ],
  'an unknown parameter': ['application/xml;version=2', 'application/xml'],
  'a parameter with a comma in it': ['application/xml;note="a, b";q=0.5, application/yaml;q=0.4', 'application/xml'],
  'a weight that is none': ['application/xml;q=high, application/yaml;q=0.3', 'application/xml'],
  'a range that is malformed': ['/, application/xml', 'application/xml'],
  'nothing that can be read': [';;;', 'application/json'],
  'a lone star': ['*', 'application/json'],
  'an empty header': ['', 'application/json'],
  'a type that there is not': ['image/png', undefined],
  'a type whose name only begins so': ['application/json-patch+json', undefined],
  'no type at all': ['*/*;q=0', undefined],
}

suite('a reply is in the representation that Accept asks for:', () => {
  for (const [what, [accept, type]] of Object.entries(chosen)) {
    test(what, async () => {
      await using served = await serve(services)
      const reply = await ask(served.port, 'GET /books/1', { Accept: accept })
      assert.equal(reply.status, type === undefined ? 406 : 200, reply.body.toString())
      assert.equal(headerOf(reply, 'vary'), 'Accept')
      if (type !== undefined) assert.equal(headerOf(reply, 'content-type'), type)
      else assert.equal(jsonOf(reply).code, 'not_acceptable')
      const fetched = await served.fetch(new Request('http://test/books/1', { headers: { Accept: accept } }))
      assert.equal(fetched.status, reply.status)
    })
  }

  test('406 lists what there is, and the service does not run', async () => {
    await using served = await serve(services)
    const before = ran
    const reply = await ask(served.port, 'GET /plain', { Accept: 'application/xml' })
    assert.equal(reply.status, 406)
    assert.equal(jsonOf(reply).detail, 'The reply can be application/json')
    assert.equal(headerOf(reply, 'link'), '</plain>; rel="alternate"; type="application/json"')
    assert.equal(headerOf(reply, 'vary'), undefined)
    assert.equal(ran, before)
  })
  test('a channel of one representation says nothing of Vary', async () => {
    await using served = await serve(services)
    const reply = await ask(served.port, 'GET /plain', { Accept: 'application/json' })
    assert.deepEqual([reply.status, headersOf(reply, 'vary')], [200, []])
  })
  test('a lenient channel sends its first where nothing fits, one that ignores Accept always does', async () => {
    await using served = await serve(services)
    const lenient = await ask(served.port, 'GET /lenient', { Accept: 'image/png' })
    assert.equal(headerOf(lenient, 'content-type'), 'application/json')
    const ignoring = await ask(served.port, 'GET /ignoring', { Accept: 'application/json' })
    assert.equal(headerOf(ignoring, 'content-type'), 'application/xml')
  })
  test('finished representations are negotiated only where the channel declares them', async () => {
    await using served = await serve(services)
    assert.equal((await ask(served.port, 'GET /picture', { Accept: 'text/html' })).status, 406)
    assert.equal((await ask(served.port, 'GET /picture', { Accept: 'image/*' })).status, 200)
    assert.equal((await ask(served.port, 'GET /page', { Accept: 'text/html' })).status, 200)
  })
  test('a renderer is told the parameters that asked for it', async () => {
    await using served = await serve(services)
    const reply = await ask(served.port, 'GET /greet', { Accept: 'text/x-shout; mark=hm' })
    assert.equal(headerOf(reply, 'content-type'), 'text/x-shout; charset=utf-8')
    assert.equal(reply.body.toString(), 'hm{"HELLO":"WORLD"}')
  })
  test('HEAD has the headers of GET', async () => {
    await using served = await serve(services)
    const reply = await ask(served.port, 'HEAD /books/1', { Accept: 'application/xml' })
    assert.deepEqual([headerOf(reply, 'content-type'), reply.body.length], ['application/xml', 0])
    assert.equal(headerOf(reply, 'content-length'), String(bookXml.length))
  })
})

suite('a format may be named', () => {
  const cases: Record<string, [target: string, status: number, type: string]> = {
    'by a query parameter': ['/books/1?format=xml', 200, 'application/xml'],
    'by a suffix': ['/books/1.yaml', 200, 'application/yaml'],
    'by a suffix, the first too': ['/books/1.json', 200, 'application/json'],
    'unknown, by a query parameter': ['/books/1?format=pdf', 406, 'application/problem+json'],
    'unknown, by a suffix': ['/books/1.pdf', 404, 'application/problem+json'],
  }
  for (const [what, [target, status, type]] of Object.entries(cases)) {
    test(what, async () => {
      await using served = await serve(services, { unknown: 'strict' })
      const reply = await ask(served.port, `GET ${target}`, { Accept: 'text/html' })
      assert.equal(reply.status, status, reply.body.toString())
      assert.equal(headerOf(reply, 'content-type'), type)
    })
  }
})

suite('a book', () => {
  test('is XML as its model says', async () => {
    await using served = await serve(services)
    const reply = await ask(served.port, 'GET /books/1', { Accept: 'application/xml' })
    assert.equal(reply.body.toString(), bookXml)
  })
  test('is sorted, indented JSON with a line feed', async () => {
    await using served = await serve(services)
    const reply = await ask(served.port, 'GET /pretty')
    const text = reply.body.toString()
    assert.match(text, /^\{\n {2}"authors": \[\n {4}\{\n {6}"name": "David Amos"\n/)
    assert.ok(text.endsWith('"title": "Python Basics"\n}\n'))
  })
  test('is wrapped in an envelope', async () => {
    await using served = await serve(services)
    const text = (await ask(served.port, 'GET /wrapped', { Accept: 'text/xml' })).body.toString()
    assert.match(text, /<reply><meta><cid>[^<]+<\/cid><is_ok>true<\/is_ok>.*<\/meta><data><title>.*<author>/)
  })
  for (const type of ['application/json', 'application/xml', 'application/yaml']) {
    test(`comes back as ${type} as it was sent`, async () => {
      await using served = await serve(services)
      const headers = { Accept: type }
      const sent = (await ask(served.port, 'GET /books/1', headers)).body
      const reply = await ask(served.port, 'POST /books', { 'Content-Type': type, ...headers }, sent)
      assert.equal(reply.status, 201, reply.body.toString())
      assert.equal(reply.body.toString(), sent.toString())
    })
  }
  test('in XML that does not fit is refused with every finding', async () => {
    await using served = await serve(services)
    const body = '<book><title/><page_count>many</page_count><authors><author/></authors></book>'
    const reply = await ask(served.port, 'POST /books', { 'Content-Type': 'application/xml' }, body)
    const errors = jsonOf(reply).errors as { path: string; code: string }[]
    assert.equal(reply.status, 422)
    assert.deepEqual(
      errors.map(({ path, code }) => `${path} ${code}`),
      ['/page_count invalid_type', '/pub_date missing', '/authors/0/name missing', '/isbn13 missing', '/genre missing'],
    )
  })
})

suite('a list', () => {
  test('is CSV', async () => {
    await using served = await serve(services)
    const reply = await ask(served.port, 'GET /cells', { Accept: 'text/csv' })
    assert.equal(headerOf(reply, 'content-type'), 'text/csv; charset=utf-8')
    assert.equal(reply.body.toString(), 'id,name,tags\r\n1,"a ""b"", c","[""x"",""y""]"\r\n2,,\r\n3,=1+1,\r\n')
  })
  test('is CSV without formulas', async () => {
    await using served = await serve(services)
    assert.match((await ask(served.port, 'GET /guarded')).body.toString(), /\r\n3,'=1\+1,\r\n$/)
  })
  test('is an escaped HTML table', async () => {
    await using served = await serve(services)
    const text = (await ask(served.port, 'GET /cells', { Accept: 'text/html' })).body.toString()
    assert.match(text, /<tr><td>1<\/td><td>a &quot;b&quot;, c<\/td><td><ol><li>x<\/li><li>y<\/li><\/ol><\/td><\/tr>/)
  })
  test('is XML', async () => {
    await using served = await serve(services)
    const text = (await ask(served.port, 'GET /cells', { Accept: 'application/xml' })).body.toString()
    assert.match(text, /<items xmlns:xsi="[^"]+"><item><id>1<\/id>.*<item><id>2<\/id><name xsi:nil="true"\/><\/item>/)
  })
})
