import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { z } from 'zod'
import { parser } from '../../src/http/represent/parser.ts'
import { patch, post, query } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, headerOf, jsonOf, type RawReply } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

const Car = z.object({ make: z.string(), year: z.int() })

const pairs = parser({
  name: 'pairs',
  types: ['text/x-pairs'],
  parse: (bytes) => {
    const text = new TextDecoder().decode(bytes)
    if (!text.includes('=')) throw new SyntaxError('no pairs')
    return Object.fromEntries(text.split(';').map((pair) => pair.split('=')))
  },
})

const car = service({
  name: 'car',
  input: Car,
  output: Car,
  on: [
    post('/cars', { consumes: ['json', 'xml', 'yaml'] }),
    post('/json'),
    patch('/json'),
    query('/json'),
    post('/encoded', { contentEncoding: 'refuse' }),
    post('/ignoring', { contentType: 'ignore' }),
    post('/lenient', { contentType: 'lenient' }),
  ],
  handle: ({ input }) => input,
})
const names = service({
  name: 'names',
  input: z.object({ name: z.string() }),
  output: z.object({ name: z.string() }),
  on: [post('/pairs', { consumes: [pairs] }), post('/names', { consumes: ['json', 'xml'] })],
  handle: ({ input }) => input,
})
const note = service({
  name: 'note',
  input: z.string(),
  output: z.string(),
  on: post('/notes', { consumes: ['text'] }),
  handle: ({ input }) => input,
})
const tree = service({
  name: 'tree',
  input: z.object({ any: z.unknown() }),
  output: z.object({ any: z.unknown() }),
  on: post('/trees', { consumes: ['xml', 'yaml'] }),
  handle: ({ input }) => input,
})
const services = [car, names, note, tree]

const send = (served: Served, path: string, type: string | undefined, body: string | Uint8Array, more = {}) =>
  ask(served.port, `POST ${path}`, { ...(type !== undefined && { 'Content-Type': type }), ...more }, body)

const codeOf = (reply: RawReply): unknown => (reply.status < 400 ? 'ok' : jsonOf(reply).code)

const json = '{"make":"Nissan","year":1994}'
const xml = '<car><make>Nissan</make><year>1994</year></car>'

suite('a body is read by its Content-Type:', () => {
  const read: Record<string, [path: string, type: string | undefined, body: string | Uint8Array]> = {
    JSON: ['/cars', 'application/json', json],
    'a +json type': ['/cars', 'application/vnd.cars+json', json],
    XML: ['/cars', 'application/xml', xml],
    'XML as text': ['/cars', 'text/xml; charset=utf-8', xml],
    'a +xml type': ['/cars', 'application/vnd.cars+xml', xml],
    'indented XML with a comment': [
      '/cars',
      'text/xml',
      `<?xml version="1.0"?>\n<!-- x -->\n${xml.replaceAll('><', '>\r\n <')}`,
    ],
    'XML in UTF-16': ['/cars', 'application/xml', Buffer.from(`\ufeff${xml}`, 'utf16le')],
    YAML: ['/cars', 'application/yaml', 'make: Nissan\nyear: 1994\n'],
    'a +yaml type': ['/cars', 'application/vnd.cars+yaml', '{make: Nissan, year: 1994}'],
    'JSON under any name': ['/ignoring', 'application/xml', json],
    'JSON under a charset': ['/ignoring', 'text/plain; charset=iso-8859-1', json],
    'JSON under no name': ['/lenient', undefined, json],
    'JSON without any header': ['/ignoring', undefined, json],
  }
  for (const [what, [path, type, body]] of Object.entries(read)) {
    test(what, async () => {
      await using served = await serve(services)
      const reply = await send(served, path, type, body)
      assert.equal(reply.status, 200, reply.body.toString())
      assert.equal(reply.body.toString(), json)
    })
  }
  test('with a parser of its own', async () => {
    await using served = await serve(services)
    assert.equal((await send(served, '/pairs', 'text/x-pairs', 'name=Ada')).body.toString(), '{"name":"Ada"}')
    const refused = await send(served, '/pairs', 'text/x-pairs', 'Ada')
    assert.deepEqual([refused.status, jsonOf(refused).detail], [400, 'The body is not valid pairs'])
  })
  test('none is left out everywhere', async () => {
    await using served = await serve(services)
    for (const path of ['/cars', '/pairs', '/ignoring']) {
      assert.equal(
        (await ask(served.port, `POST ${path}`, { 'Content-Type': 'x/y', 'Content-Length': '0' })).status,
        422,
      )
    }
  })
})

suite('a body is refused with 415', () => {
  const refused: Record<string, [path: string, type: string | undefined]> = {
    'of another type': ['/json', 'application/xml'],
    'of no type': ['/json', undefined],
    'of another type where one may be missing': ['/lenient', 'application/xml'],
    'that is JSON in another charset': ['/json', 'application/json; charset=utf-16'],
    'that is text in an unknown charset': ['/notes', 'text/plain; charset=klingon'],
  }
  for (const [what, [path, type]] of Object.entries(refused)) {
    test(what, async () => {
      await using served = await serve(services)
      const reply = await send(served, path, type, json)
      assert.deepEqual([reply.status, codeOf(reply)], [415, 'unsupported_media_type'])
      const accepted = path === '/notes' ? 'text/plain' : 'application/json'
      assert.equal(headerOf(reply, 'accept'), accepted)
      assert.equal(headerOf(reply, 'accept-post'), accepted)
    })
  }
  test('and told all that the channel takes, by the method', async () => {
    await using served = await serve(services)
    const reply = await send(served, '/cars', 'text/plain', json)
    assert.equal(
      headerOf(reply, 'accept'),
      'application/json, application/xml, text/xml, application/yaml, application/x-yaml, text/yaml',
    )
    for (const [method, header] of [
      ['PATCH', 'accept-patch'],
      ['QUERY', 'accept-query'],
    ] as const) {
      const other = await ask(served.port, `${method} /json`, { 'Content-Type': 'text/plain' }, json)
      assert.deepEqual([other.status, headerOf(other, header)], [415, 'application/json'])
    }
  })
})

suite('text is decoded by its charset:', () => {
  const table: Record<string, [charset: string | undefined, bytes: Uint8Array, text: string | undefined]> = {
    'UTF-8 by default': [undefined, Buffer.from('Zoë €'), 'Zoë €'],
    'UTF-8 in quotation marks': ['"UTF-8"', Buffer.from('Zoë'), 'Zoë'],
    'UTF-8 that is broken': ['utf-8', Buffer.from([0x5a, 0xeb]), undefined],
    'US-ASCII': ['us-ascii', Buffer.from('Zoe'), 'Zoe'],
    'US-ASCII with another byte': ['us-ascii', Buffer.from('Zoë'), undefined],
    'ISO-8859-1': ['iso-8859-1', Buffer.from([0x5a, 0xeb, 0x80]), 'Zë\u0080'],
    'UTF-16 with its mark': ['utf-16', Buffer.from('\ufeffZoë', 'utf16le'), 'Zoë'],
    'UTF-16 without': ['utf-16', Buffer.from('Zoë', 'utf16le').swap16(), 'Zoë'],
    'UTF-16 of half a character': ['utf-16le', Buffer.from([0x5a, 0x00, 0x01]), undefined],
  }
  for (const [what, [charset, bytes, text]] of Object.entries(table)) {
    test(what, async () => {
      await using served = await serve(services)
      const type = charset === undefined ? 'text/plain' : `text/plain; charset=${charset}`
      const reply = await send(served, '/notes', type, bytes)
      if (text === undefined) assert.deepEqual([reply.status, codeOf(reply)], [400, 'malformed_body'])
      else assert.equal(JSON.parse(reply.body.toString()), text)
    })
  }
  test('XML by its declaration, where the header says nothing', async () => {
    await using served = await serve(services)
    const body = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><n><name>Zoë</name></n>', 'latin1')
    assert.equal((await send(served, '/names', 'application/xml', body)).body.toString(), '{"name":"Zoë"}')
    assert.equal((await send(served, '/names', 'application/xml; charset=utf-8', body)).status, 400)
  })
})

suite('a Content-Encoding', () => {
  const codings: Record<string, Uint8Array> = {
    gzip: gzipSync(json),
    'x-gzip': gzipSync(json),
    deflate: deflateSync(json),
    Deflate: deflateRawSync(json),
    br: brotliCompressSync(json),
    zstd: zstdCompressSync(json),
    'gzip, br': brotliCompressSync(gzipSync(json)),
    identity: Buffer.from(json),
  }
  for (const [coding, body] of Object.entries(codings)) {
    test(`${coding} is undone`, async () => {
      await using served = await serve(services)
      const headers = { 'Content-Encoding': coding }
      const reply = await send(served, '/cars', 'application/json', body, headers)
      assert.equal(reply.body.toString(), json)
      const request = {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: Buffer.from(body),
      }
      assert.equal(await (await served.fetch(new Request('http://test/cars', request))).text(), json)
    })
  }
  test('is held to the limit of the body that comes out of it', async () => {
    await using served = await serve(services)
    const big = Buffer.alloc(16 * 1024 * 1024, ' ')
    for (const [coding, bomb] of [
      ['gzip', gzipSync(big)],
      ['br', brotliCompressSync(big)],
      ['zstd', zstdCompressSync(big)],
      ['gzip, gzip', gzipSync(gzipSync(big))],
    ] as const) {
      const reply = await send(served, '/cars', 'application/json', bomb, { 'Content-Encoding': coding })
      assert.deepEqual([reply.status, codeOf(reply)], [413, 'body_too_large'], coding)
    }
  })
  const refused: Record<string, [path: string, coding: string, status: number, accepted: string | undefined]> = {
    'that is unknown': ['/cars', 'compress', 415, 'gzip, deflate, br, zstd'],
    'of many layers': ['/cars', 'gzip, gzip, gzip, gzip', 415, 'gzip, deflate, br, zstd'],
    'of a channel that takes none': ['/encoded', 'gzip', 415, 'identity'],
    'that the body does not have': ['/cars', 'gzip', 400, undefined],
  }
  for (const [what, [path, coding, status, accepted]] of Object.entries(refused)) {
    test(`${what} is refused`, async () => {
      await using served = await serve(services)
      const reply = await send(served, path, 'application/json', json, { 'Content-Encoding': coding })
      assert.deepEqual([reply.status, headerOf(reply, 'accept-encoding')], [status, accepted])
    })
  }
})

suite('a hostile document is refused:', () => {
  const lol = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i || ''};`.repeat(10)}">`).join('')}]><lolz>&lol9;</lolz>`
  const levels = 'abcdefghi'
  const aliases = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...levels.slice(1)].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${levels[i]}`)}]`).join('\n')}`
  const documents: Record<string, [type: string, body: string, code: string]> = {
    'a billion laughs': ['application/xml', lol, 'malformed_body'],
    'an external entity': [
      'text/xml',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      'malformed_body',
    ],
    'a parameter entity': ['text/xml', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>', 'malformed_body'],
    'an unknown entity': ['text/xml', '<a>&x;</a>', 'malformed_body'],
    'deep elements': ['text/xml', '<a>'.repeat(300_000), 'nesting_too_deep'],
    'very many elements': ['text/xml', `<a>${'<b/>'.repeat(260_000)}</a>`, 'malformed_body'],
    'one attribute very often': ['text/xml', `<a ${'b="" '.repeat(200_000)}/>`, 'malformed_body'],
    'two roots': ['text/xml', '<a/><b/>', 'malformed_body'],
    'elements that cross': ['text/xml', '<a><b></a></b>', 'malformed_body'],
    'a control character': ['text/xml', '<a>\u0001</a>', 'malformed_body'],
    'a comment without end': ['text/xml', `<!--${'-'.repeat(1_000_000)}`, 'malformed_body'],
    'aliases of aliases': ['application/yaml', aliases, 'malformed_body'],
    'an alias of itself': ['application/yaml', '&a [*a]', 'malformed_body'],
    'deep lists': ['application/yaml', `${'['.repeat(5000)}`, 'nesting_too_deep'],
    'very many keys': [
      'application/yaml',
      Array.from({ length: 90_000 }, (_, i) => `k${i}: 1`).join('\n'),
      'malformed_body',
    ],
    'a key twice': ['application/yaml', 'any: 1\nany: 2', 'malformed_body'],
    'a tag': ['application/yaml', 'any: !!js/function "x"', 'malformed_body'],
    'two documents': ['application/yaml', 'any: 1\n---\nany: 2', 'malformed_body'],
    'a number that is none': ['application/yaml', 'any: .nan', 'malformed_body'],
  }
  for (const [what, [type, body, code]] of Object.entries(documents)) {
    test(what, async () => {
      await using served = await serve(services, { bodyLimit: 4 * 1024 * 1024 })
      const reply = await send(served, '/trees', type, body)
      assert.deepEqual([reply.status, codeOf(reply)], [400, code], reply.body.toString().slice(0, 500))
      assert.equal((await send(served, '/trees', 'text/xml', '<a><any>1</any></a>')).status, 200)
    })
  }
  test('and no prototype can be reached', async () => {
    await using served = await serve(services)
    for (const [type, body] of [
      ['text/xml', '<a><any><__proto__><x>1</x></__proto__><y>2</y></any></a>'],
      ['application/yaml', 'any: {__proto__: {x: 1}, y: "2"}'],
    ] as const) {
      assert.equal((await send(served, '/trees', type, body)).body.toString(), '{"any":{"y":"2"}}')
    }
  })
})
