import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { headerIn, withoutHeaders } from './header-list.ts'

suite('a list of headers', () => {
  const headers = ['ETag', '"1"', 'Link', 'a', 'X', 'etag', 'link', 'b']
  test('gives a value whatever the case of its name, and several joined', () => {
    assert.equal(headerIn(headers, 'etag'), '"1"')
    assert.equal(headerIn(headers, 'LINK'), 'a, b')
    assert.equal(headerIn(headers, 'a'), undefined)
  })
  test('loses names and their values alone', () => {
    assert.deepEqual(withoutHeaders(headers, new Set(['link', 'b'])), ['ETag', '"1"', 'X', 'etag'])
  })
})
