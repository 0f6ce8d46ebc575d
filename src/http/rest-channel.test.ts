import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { any, del, get, head, isRestChannel, options, patch, post, put, query, rest } from './rest-channel.ts'

suite('a REST channel', () => {
  test('has the method that it is made for', () => {
    const methods = [get, post, put, patch, del, query, head, options, any].map((make) => make('/x').method)
    assert.deepEqual(methods, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY', 'HEAD', 'OPTIONS', '*'])
  })
  test('is called by method and path', () => {
    assert.equal(del('/x/{id}').address, 'DELETE /x/{id}')
    assert.equal(any('/x').address, 'ANY /x')
  })
  test('names the members that its path and its sources take', () => {
    const channel = get('/x/{id}/{name}.json', { in: { key: 'header', page: { in: 'query', name: 'p' } } })
    assert.deepEqual(channel.params, ['id', 'name', 'key', 'page'])
  })
  test('is told from channels of other kinds', () => {
    assert.equal(isRestChannel(get('/x')), true)
    assert.equal(isRestChannel({ kind: 'message', address: 'queue', params: [] }), false)
  })
})

test('settings for channels of a base are of the same kind', () => {
  assert.deepEqual(rest({ status: 201 }), { kind: 'rest', defaults: { status: 201 } })
})
