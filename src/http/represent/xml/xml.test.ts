import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { JsonSchema } from '../../../schema/schema.ts'
import { readXml } from './xml-document.ts'
import { xmlReader } from './xml-value.ts'
import { xmlWriter } from './xml-writer.ts'

const write = (schema: JsonSchema, value: unknown): string =>
  xmlWriter(schema)(value).split('\n').slice(1).join('\n').trim()
const read = (schema: JsonSchema, xml: string): unknown => xmlReader(schema)(readXml(xml))

suite('XML of a value', () => {
  const strings = { type: 'array', items: { type: 'string' } }
  const cases: Record<string, [schema: JsonSchema, value: unknown, xml: string]> = {
    'a text': [{ type: 'string' }, 'a <b> & "c"', '<value>a &lt;b&gt; &amp; "c"</value>'],
    'a carriage return': [{ type: 'string' }, 'a\r\nb', '<value>a&#13;\nb</value>'],
    null: [
      { type: ['string', 'null'] },
      null,
      '<value xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>',
    ],
    'a number': [{ title: 'Price', type: 'number' }, -1.5, '<price>-1.5</price>'],
    'a list': [strings, ['a', ''], '<items><item>a</item><item/></items>'],
    'a list of models': [
      { type: 'array', items: { title: 'OrderLine', type: 'object', properties: { no: { type: 'integer' } } } },
      [{ no: 1 }],
      '<orderLines><orderLine><no>1</no></orderLine></orderLines>',
    ],
    plurals: [
      {
        title: 'All',
        type: 'object',
        properties: { cities: strings, boxes: strings, statuses: strings, data: strings },
      },
      { cities: ['a'], boxes: ['b'], statuses: ['c'], data: ['d'] },
      '<all><cities><city>a</city></cities><boxes><box>b</box></boxes><statuses><status>c</status></statuses><data><item>d</item></data></all>',
    ],
    'names of its own': [
      {
        type: 'object',
        xml: { name: 'thing' },
        properties: {
          id: { type: 'integer', xml: { attribute: true, name: 'no' } },
          tags: { ...strings, xml: { wrapped: false, name: 'tag' } },
          words: { type: 'array', items: { type: 'string', xml: { name: 'w' } } },
          lone: { type: 'array', items: { type: 'string', xml: { name: 'l' } }, xml: { wrapped: false } },
        },
      },
      { id: 7, tags: ['a', 'b'], words: ['c'], lone: ['d'] },
      '<thing no="7"><tag>a</tag><tag>b</tag><words><w>c</w></words><l>d</l></thing>',
    ],
    'names that XML does not allow': [
      { type: 'object', additionalProperties: { type: 'integer' } },
      { 'a b': 1, '1': 2, '': 3, _x0041_: 4, 'ns:x': 5 },
      '<value><_x0031_>2</_x0031_><a_x0020_b>1</a_x0020_b><_x_>3</_x_><_x005F_x0041_>4</_x005F_x0041_><ns_x003A_x>5</ns_x003A_x></value>',
    ],
  }
  for (const [what, [schema, value, xml]] of Object.entries(cases)) {
    test(what, () => {
      assert.equal(write(schema, value), xml)
      assert.deepEqual(read(schema, xml), value)
    })
  }
  test('leaves out what XML cannot hold', () => {
    assert.equal(write({ type: 'string' }, 'a\u0000\u001b\ud800\uffffb'), '<value>ab</value>')
  })
  test('keeps a text that is none of its type, for the model to refuse', () => {
    const schema = { type: 'object', properties: { no: { type: 'integer' }, on: { type: 'boolean' } } }
    assert.deepEqual(read(schema, '<x><no>seven</no><on> true </on></x>'), { no: 'seven', on: true })
  })
  test('takes comments and instructions of any length, and refuses what only looks like them', () => {
    const long = 'a - b '.repeat(4_000_000)
    assert.deepEqual(read({}, `<?p ${long}?><a><!--${long}--></a>`), '')
    for (const bad of ['<!-->', '<!--->', '<!-- a -- b -->', '<!-- a --->', '<!-- a', '<?p', '<?xml ?>', '<!x>']) {
      assert.throws(() => read({}, `<a>${bad}</a>`), /malformed markup/, bad)
    }
    assert.deepEqual(read({}, '<a><!----><!-- - --><?p?><?xmlp ? > ?></a>'), '')
  })
  test('refuses names of more than a thousand characters', () => {
    const name = 'é'.repeat(1000)
    assert.equal(read({}, `<${name}>a</${name}>`), 'a')
    assert.throws(() => read({}, `<${name}é>a</${name}é>`), /malformed tag/)
    assert.throws(() => read({}, `<${'é'.repeat(20_000_000)}/>`), /malformed tag/)
  })
  test('takes prefixes, comments, CDATA and references for what they mean', () => {
    const xml = '<?xml version="1.0"?><!-- a --><p:x xmlns:p="u"><p:a><![CDATA[<&>]]>&#65;&#x42;<?pi?></p:a></p:x>'
    assert.deepEqual(read({ type: 'object', properties: { a: { type: 'string' } } }, xml), { a: '<&>AB' })
  })
})
