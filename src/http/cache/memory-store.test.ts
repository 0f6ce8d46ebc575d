import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { CacheEntry } from './cache-store.ts'
import { memoryStore } from './memory-store.ts'

const entry = (path: string, body = '', service = 's'): CacheEntry => {
  return { status: 200, headers: ['A', '1'], body, storedAt: 0, freshUntil: 1, expiresAt: 1, service, path }
}

suite('the store in memory', () => {
  test('lets go of what was not asked for longest', () => {
    const store = memoryStore({ maxBytes: 1e6, maxEntries: 2 })
    store.set('a', entry('/a'))
    store.set('b', entry('/b'))
    store.get('a')
    store.set('c', entry('/c'))
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => store.get(key) !== undefined),
      [true, false, true],
    )
  })
  test('holds so many bytes, and nothing that is larger by itself', () => {
    const store = memoryStore({ maxBytes: 5100, maxEntries: 100 })
    store.set('a', entry('/a', 'x'.repeat(2000)))
    store.set('b', entry('/b', 'x'.repeat(2000)))
    store.set('huge', entry('/huge', 'x'.repeat(5000)))
    assert.ok(store.get('a') && store.get('b'))
    assert.equal(store.get('huge'), undefined)
    store.set('c', entry('/c', 'ü'.repeat(1000)))
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => store.get(key) !== undefined),
      [false, true, true],
    )
  })
  test('counts what is replaced or dropped no more', () => {
    const store = memoryStore({ maxBytes: 3000, maxEntries: 100 })
    for (let at = 0; at < 10; at++) store.set('a', entry('/a', 'x'.repeat(2000)))
    store.delete('a')
    store.delete('a')
    store.set('b', entry('/b', 'x'.repeat(2000)))
    assert.ok(store.get('b'))
  })
  test('drops by path, by pattern, by service, and all', () => {
    const store = memoryStore({ maxBytes: 1e6, maxEntries: 100 })
    const fill = () => {
      store.set('1', entry('/a'))
      store.set('2', entry('/a', '', 't'))
      store.set('3', entry('/a/b'))
    }
    fill()
    assert.equal(store.purge({ path: '/a/' }), 2)
    assert.equal(store.purge({ path: '/a' }), 0)
    fill()
    assert.equal(store.purge({ path: '/a/*' }), 1)
    fill()
    assert.equal(store.purge({ service: 't', path: '/a*' }), 1)
    fill()
    assert.equal(store.purge({}), 3)
    assert.equal(store.get('1'), undefined)
  })
})
