import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readCookies } from './cookie-text.ts'

suite('a Cookie header', () => {
  const rows: readonly (readonly [behaviour: string, header: string | undefined, cookies: Record<string, string>])[] = [
    ['may be absent', undefined, {}],
    ['has a value for each name', 'a=1; b=2', { a: '1', b: '2' }],
    ['needs no blank between pairs', 'a=1;b=2', { a: '1', b: '2' }],
    ['counts the first of several with one name', 'a=1; a=2', { a: '1' }],
    ['keeps everything after the first equals sign', 'token=ab==', { token: 'ab==' }],
    ['passes over what is no pair', 'a; =1; b=2; ;', { b: '2' }],
    ['loses the quotes around a value', 'a="b c"', { a: 'b c' }],
    ['keeps a quote that stands alone', 'a="', { a: '"' }],
    ['is percent-decoded', 'a=%C3%BC', { a: 'ü' }],
    ['stays as it is where it is not percent-encoded', 'a=100%', { a: '100%' }],
    ['stays as it is where it is broken UTF-8', 'a=%C3', { a: '%C3' }],
    ['keeps blanks inside a value', ' a = b c ', { a: 'b c' }],
  ]
  for (const [behaviour, header, cookies] of rows) {
    test(behaviour, () => assert.deepEqual({ ...readCookies(header) }, cookies))
  }
  test('cannot reach a prototype', () => {
    const cookies = readCookies('__proto__=1; constructor=2')
    assert.deepEqual(Object.keys(cookies), ['__proto__', 'constructor'])
    assert.equal(readCookies('').toString, undefined)
  })
})
