import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { codedTag, entityTag, entityTags, sameTag } from './entity-tag.ts'
import { readHttpDate } from './http-date.ts'
import { evaluate, type RequestHeaders, type Validators } from './precondition.ts'

const then = 'Sun, 06 Nov 1994 08:49:37 GMT'
const before = 'Sun, 06 Nov 1994 08:49:36 GMT'
const state: Validators = { etag: '"v2"', lastModified: then }
const weak: Validators = { etag: 'W/"v2"' }

suite('the conditions of a request', () => {
  type Row = readonly [
    method: string,
    headers: RequestHeaders,
    current: Validators | undefined,
    outcome: 'proceed' | 'unmodified' | 'failed',
  ]
  const rows: readonly Row[] = [
    ['GET', {}, state, 'proceed'],
    ['PUT', { 'if-match': '"v2"' }, state, 'proceed'],
    ['PUT', { 'if-match': '"v1", "v2"' }, state, 'proceed'],
    ['PUT', { 'if-match': ['"v1"', '"v2"'] }, state, 'proceed'],
    ['PUT', { 'if-match': '"v2-gzip"' }, state, 'proceed'],
    ['PUT', { 'if-match': '"v1"' }, state, 'failed'],
    ['PUT', { 'if-match': 'v2' }, state, 'failed'],
    ['PUT', { 'if-match': 'W/"v2"' }, state, 'failed'],
    ['PUT', { 'if-match': 'W/"v2"' }, weak, 'failed'],
    ['PUT', { 'if-match': '"v2"' }, weak, 'failed'],
    ['PUT', { 'if-match': '"v2"' }, undefined, 'failed'],
    ['PUT', { 'if-match': '*' }, state, 'proceed'],
    ['PUT', { 'if-match': ' * ' }, {}, 'proceed'],
    ['PUT', { 'if-match': '*' }, undefined, 'failed'],
    ['GET', { 'if-match': '"v1"' }, state, 'failed'],
    ['PUT', { 'if-unmodified-since': then }, state, 'proceed'],
    ['PUT', { 'if-unmodified-since': before }, state, 'failed'],
    ['PUT', { 'if-unmodified-since': before }, { etag: '"v2"' }, 'proceed'],
    ['PUT', { 'if-unmodified-since': 'yesterday' }, state, 'proceed'],
    ['PUT', { 'if-match': '"v2"', 'if-unmodified-since': before }, state, 'proceed'],
    ['GET', { 'if-none-match': '"v2"' }, state, 'unmodified'],
    ['HEAD', { 'if-none-match': 'W/"v2"' }, state, 'unmodified'],
    ['QUERY', { 'if-none-match': '"v2"' }, state, 'unmodified'],
    ['GET', { 'if-none-match': '"v1" , "v2"' }, weak, 'unmodified'],
    ['GET', { 'if-none-match': '"v1"' }, state, 'proceed'],
    ['GET', { 'if-none-match': '*' }, state, 'unmodified'],
    ['GET', { 'if-none-match': '*' }, {}, 'unmodified'],
    ['GET', { 'if-none-match': '*' }, undefined, 'proceed'],
    ['GET', { 'if-none-match': '' }, state, 'proceed'],
    ['PUT', { 'if-none-match': '*' }, state, 'failed'],
    ['PUT', { 'if-none-match': '*' }, {}, 'failed'],
    ['PUT', { 'if-none-match': '*' }, undefined, 'proceed'],
    ['PUT', { 'if-none-match': '"v2"' }, state, 'failed'],
    ['GET', { 'if-none-match': '"v1"', 'if-modified-since': then }, state, 'proceed'],
    ['GET', { 'if-match': '"v2"', 'if-none-match': '"v2"' }, state, 'unmodified'],
    ['GET', { 'if-modified-since': then }, state, 'unmodified'],
    ['GET', { 'if-modified-since': before }, state, 'proceed'],
    ['GET', { 'if-modified-since': then }, { etag: '"v2"' }, 'proceed'],
    ['GET', { 'if-modified-since': 'now' }, state, 'proceed'],
    ['PUT', { 'if-modified-since': then }, state, 'proceed'],
  ]
  for (const [method, headers, current, outcome] of rows) {
    test(`${method} ${JSON.stringify(headers)} of ${JSON.stringify(current)}: ${outcome}`, () => {
      assert.equal(evaluate(method, headers, current).outcome, outcome)
    })
  }
  test('tell which tag the client has', () => {
    assert.equal(evaluate('GET', { 'if-none-match': '"v1", "v2-br"' }, state).tag, '"v2-br"')
    assert.equal(evaluate('GET', { 'if-none-match': '*' }, state).tag, '"v2"')
    assert.equal(evaluate('GET', { 'if-none-match': '*' }, {}).tag, undefined)
  })
})

suite('an entity tag', () => {
  test('is the same for the same bytes alone', () => {
    assert.equal(entityTag('ü'), entityTag(Buffer.from('ü')))
    assert.notEqual(entityTag('a'), entityTag('b'))
    assert.match(entityTag('a'), /^"[\w-]{27}"$/)
    assert.equal(entityTag('a', true), `W/${entityTag('a')}`)
  })
  test('is read from lists, whatever is in it', () => {
    assert.deepEqual(entityTags('"a,b" ,W/"",, "c"'), ['"a,b"', 'W/""', '"c"'])
    assert.deepEqual(entityTags('a, b'), [])
  })
  test('of compressed content is another, unless it is weak', () => {
    assert.deepEqual([codedTag('"a"', 'br'), codedTag('W/"a"', 'br')], ['"a-br"', 'W/"a"'])
    assert.equal(sameTag('"a-br"', '"a"', 'strong'), true)
    assert.equal(sameTag('"a-b"', '"a"', 'weak'), false)
    assert.equal(sameTag('"a"', '"a-br"', 'weak'), false)
  })
})

suite('an HTTP date', () => {
  const time = Date.UTC(1994, 10, 6, 8, 49, 37)
  for (const text of [then, 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994']) {
    test(`may be ${text}`, () => assert.equal(readHttpDate(text), time))
  }
  for (const text of [
    '',
    '1994-11-06',
    'Sun, 06 Nov 1994 08:49:37 +0100',
    'Sun, 46 Nov 1994 08:49:37 GMT',
    '784111777',
  ]) {
    test(`is not ${JSON.stringify(text)}`, () => assert.equal(readHttpDate(text), undefined))
  }
})

test('a client that has the state keeps its tag as it is, or that of the compressed form', () => {
  for (const [named, current, tag] of [
    ['"v2"', weak, 'W/"v2"'],
    ['W/"v2"', state, '"v2"'],
    ['"v1", "v2-gzip"', state, '"v2-gzip"'],
    ['*', weak, 'W/"v2"'],
  ] as const) {
    assert.deepEqual(evaluate('GET', { 'if-none-match': named }, current), { outcome: 'unmodified', tag })
  }
})
