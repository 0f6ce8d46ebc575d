import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { XMLParser } from 'fast-xml-parser'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, headerOf, jsonOf } from '../../test/http/raw-connection.ts'

const xml = `<?xml version="1.0" encoding="UTF-8" ?>
<book>
    <title>Python Basics</title>
    <page_count>635</page_count>
    <pub_date>2021-03-16</pub_date>
    <authors>
        <author>
            <name>David Amos</name>
        </author>
        <author>
            <name>Joanna Jablonski</name>
        </author>
        <author>
            <name>Dan Bader</name>
        </author>
        <author>
            <name>Fletcher Heisler</name>
        </author>
    </authors>
    <isbn13>978-1775093329</isbn13>
    <genre>Education</genre>
</book>`
const json = `{
    "title": "Python Basics",
    "page_count": 635,
    "pub_date": "2021-03-16",
    "authors": [
        {"name": "David Amos"},
        {"name": "Joanna Jablonski"},
        {"name": "Dan Bader"},
        {"name": "Fletcher Heisler"}
    ],
    "isbn13": "978-1775093329",
    "genre": "Education"
}`

/** The elements of a document, without the blanks between them. */
function elementsOf(text: string): unknown {
  return new XMLParser({ preserveOrder: true, parseTagValue: false }).parse(text)
}

suite('a book', () => {
  test('is JSON where nobody asks for anything else', async () => {
    await using books = await serveExample('books')
    const reply = await ask(books.port, 'GET /books/1')
    assert.equal(reply.status, 200)
    assert.equal(headerOf(reply, 'Content-Type'), 'application/json')
    assert.equal(headerOf(reply, 'Vary'), 'Accept')
    assert.deepEqual(jsonOf(reply), JSON.parse(json))
    assert.deepEqual(Object.keys(jsonOf(reply)), Object.keys(JSON.parse(json)))
  })
  test('is XML where that is preferred', async () => {
    await using books = await serveExample('books')
    const reply = await ask(books.port, 'GET /books/1', { Accept: 'application/json;q=0.5, application/xml' })
    assert.equal(reply.status, 200)
    assert.match(headerOf(reply, 'Content-Type') ?? '', /^application\/xml\b/)
    assert.match(reply.body.toString(), /^<\?xml version="1\.0" encoding="UTF-8" ?\?>/i)
    assert.deepEqual(elementsOf(reply.body.toString()), elementsOf(xml))
  })
  for (const [sent, type, body] of [
    ['JSON', 'application/json', json],
    ['XML', 'application/xml', xml],
  ] as const) {
    for (const [wanted, accept] of [
      ['JSON', 'application/json'],
      ['XML', 'application/xml'],
    ] as const) {
      test(`comes as ${sent} and goes back as ${wanted}`, async () => {
        await using books = await serveExample('books')
        const reply = await ask(books.port, 'POST /books', { 'Content-Type': type, Accept: accept }, body)
        assert.equal(reply.status, 201, reply.body.toString())
        assert.equal(headerOf(reply, 'Location'), '/books/2')
        const text = reply.body.toString()
        if (wanted === 'JSON') assert.deepEqual(JSON.parse(text), JSON.parse(json))
        else assert.deepEqual(elementsOf(text), elementsOf(xml))
        assert.deepEqual(jsonOf(await ask(books.port, 'GET /books/2')), JSON.parse(json))
      })
    }
  }
  test('that nobody can render as is asked is refused with what there is', async () => {
    await using books = await serveExample('books')
    const reply = await ask(books.port, 'GET /books/1', { Accept: 'text/turtle' })
    assert.equal(reply.status, 406)
    assert.match(reply.body.toString(), /application\/json.*application\/xml/)
  })
  test('in XML that does not fit is refused with every finding', async () => {
    await using books = await serveExample('books')
    const broken = xml.replace('635', 'many').replace('<genre>Education</genre>', '')
    const reply = await ask(books.port, 'POST /books', { 'Content-Type': 'application/xml' }, broken)
    assert.equal(reply.status, 422)
    const errors = jsonOf(reply).errors as readonly { readonly path: string }[]
    assert.deepEqual(errors.map(({ path }) => path).sort(), ['/genre', '/page_count'])
  })
})
