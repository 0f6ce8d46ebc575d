import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { XMLParser } from 'fast-xml-parser'
import { testExample } from '../../test/examples/tested-example.ts'

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
    await using books = await testExample('books')
    const reply = await books.get('/books/1')
    assert.equal(reply.status, 200)
    assert.equal(reply.headers.get('Content-Type'), 'application/json')
    assert.equal(reply.headers.get('Vary'), 'Accept')
    assert.equal(await reply.text(), JSON.stringify(JSON.parse(json)))
  })
  test('is XML where that is preferred', async () => {
    await using books = await testExample('books')
    const reply = await books.get('/books/1', { headers: { Accept: 'application/json;q=0.5, application/xml' } })
    assert.equal(reply.status, 200)
    assert.match(reply.headers.get('Content-Type') ?? '', /^application\/xml\b/)
    assert.match(await reply.text(), /^<\?xml version="1\.0" encoding="UTF-8" ?\?>/i)
    assert.deepEqual(elementsOf(await reply.text()), elementsOf(xml))
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
        await using books = await testExample('books')
        const reply = await books.post('/books', { headers: { 'Content-Type': type, Accept: accept }, body: body })
        assert.equal(reply.status, 201, await reply.text())
        assert.equal(reply.headers.get('Location'), '/books/2')
        const text = await reply.text()
        if (wanted === 'JSON') assert.deepEqual(JSON.parse(text), JSON.parse(json))
        else assert.deepEqual(elementsOf(text), elementsOf(xml))
        assert.deepEqual(await books.get('/books/2').json(), JSON.parse(json))
      })
    }
  }
  test('that nobody can render as is asked is refused with what there is', async () => {
    await using books = await testExample('books')
    const reply = await books.get('/books/1', { headers: { Accept: 'text/turtle' } })
    assert.equal(reply.status, 406)
    assert.match(await reply.text(), /application\/json.*application\/xml/)
  })
  test('in XML that does not fit is refused with every finding', async () => {
    await using books = await testExample('books')
    const broken = xml.replace('635', 'many').replace('<genre>Education</genre>', '')
    const reply = await books.post('/books', { headers: { 'Content-Type': 'application/xml' }, body: broken })
    assert.equal(reply.status, 422)
    const { errors } = await reply.json<{ errors: readonly { path: string }[] }>()
    assert.deepEqual(errors.map(({ path }) => path).sort(), ['/genre', '/page_count'])
  })
})
