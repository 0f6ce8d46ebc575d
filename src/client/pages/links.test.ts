import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { linksByRel, parseLinks } from './links.ts'

const base = 'https://api.example.com/v1/items?page=1'
const parsed = (header: string | null) =>
  parseLinks(header, base).map(({ url, rel, params }) => [url, rel, { ...params }])

suite('Link', () => {
  test('has several links, with relative addresses', () => {
    assert.deepEqual(parsed('<?page=2>; rel="next", </last>; rel=last,<//cdn.example/x> ; rel = "a b"'), [
      ['https://api.example.com/v1/items?page=2', ['next'], {}],
      ['https://api.example.com/last', ['last'], {}],
      ['https://cdn.example/x', ['a', 'b'], {}],
    ])
  })
  test('may have commas and semicolons inside of addresses and quotes', () => {
    assert.deepEqual(parsed('<a;b,c>; title="x, <y>; \\"z\\""; rel=next, <d>; rel=prev'), [
      ['https://api.example.com/v1/a;b,c', ['next'], { title: 'x, <y>; "z"' }],
      ['https://api.example.com/v1/d', ['prev'], {}],
    ])
  })
  test('takes names in any case, the first of each, and members without value', () => {
    assert.deepEqual(parsed('<a>; REL="Next"; rel=prev; Crossorigin; x=""'), [
      ['https://api.example.com/v1/a', ['next'], { crossorigin: '', x: '' }],
    ])
    assert.deepEqual(parsed('<a>; rel="https://example.com/Rel"')[0]?.[1], ['https://example.com/Rel'])
  })
  test('leaves out links from somewhere else, and what cannot be read', () => {
    assert.deepEqual(parsed('<a>; rel=next; anchor="/other"'), [])
    assert.equal(parsed('<a>; rel=next; anchor=""').length, 1)
    assert.deepEqual(parsed('nonsense, <http://[>; rel=next, <ok>; rel=next; =, ;, <open'), [
      ['https://api.example.com/v1/ok', ['next'], {}],
    ])
    for (const nothing of [null, '', ' , ,', '<', 'next']) assert.deepEqual(parsed(nothing), [])
  })
  test('is read in a short time, whatever it is', () => {
    for (const part of ['<', ',', '<,', ';', '<a>;', '<a>; x="', ' ', '"\\', ',<']) parseLinks(part.repeat(8000), base)
  })
  test('gives the first link of each relation', () => {
    const byRel = linksByRel(parseLinks('<a>; rel="next first", <b>; rel=next, <c>; rel=__proto__', base))
    assert.deepEqual(
      Object.entries(byRel).map(([rel, { url }]) => [rel, url.at(-1)]),
      [
        ['next', 'a'],
        ['first', 'a'],
        ['__proto__', 'c'],
      ],
    )
    assert.equal(byRel.constructor, undefined)
  })
})
