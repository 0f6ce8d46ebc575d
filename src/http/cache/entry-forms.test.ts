import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { CacheEntry } from './cache-store.ts'
import { entryForms } from './entry-forms.ts'
import { memoryStore } from './memory-store.ts'

const entry = (text: string): CacheEntry => ({
  ...{ status: 200, headers: [], body: Buffer.from(text), storedAt: 0, freshUntil: 1, expiresAt: 1 },
  ...{ service: 's', path: '/p' },
})

suite('the compressed forms of an entry', () => {
  test('are made once each', async () => {
    const store = memoryStore({ maxBytes: 10_000, maxEntries: 10 })
    store.set('k', entry('long'))
    let made = 0
    const form = async () => {
      const current = (await store.get('k')) as CacheEntry
      return String(await entryForms(store, 'k', current)('gzip', () => Buffer.from(`form ${++made}`)))
    }
    assert.deepEqual([await form(), await form()], ['form 1', 'form 1'])
    const current = (await store.get('k')) as CacheEntry
    assert.equal(String(await entryForms(store, 'k', current)('br', () => Buffer.from('br'))), 'br')
    assert.deepEqual(Object.keys(((await store.get('k')) as CacheEntry).forms ?? {}), ['gzip', 'br'])
  })
  test('do not bring back what was dropped or replaced meanwhile', async () => {
    const store = memoryStore({ maxBytes: 10_000, maxEntries: 10 })
    for (const meanwhile of [() => store.delete('k'), () => store.set('k', entry('other'))]) {
      store.set('k', entry('long'))
      const before = (await store.get('k')) as CacheEntry
      const made = Promise.withResolvers<Uint8Array>()
      const form = entryForms(store, 'k', before)('gzip', () => made.promise)
      await meanwhile()
      made.resolve(Buffer.from('form'))
      assert.equal(String(await form), 'form')
      const after = await store.get('k')
      assert.deepEqual([after?.forms, String(after?.body)], [undefined, after === undefined ? 'undefined' : 'other'])
    }
  })
  test('count as bytes that are kept, and are not kept where they are too many', async () => {
    const store = memoryStore({ maxBytes: 600, maxEntries: 10 })
    store.set('k', entry('long'))
    const current = (await store.get('k')) as CacheEntry
    await entryForms(store, 'k', current)('gzip', () => Buffer.alloc(200))
    assert.deepEqual((await store.get('k'))?.forms, {})
    await entryForms(store, 'k', current)('br', () => Buffer.alloc(50))
    assert.deepEqual(Object.keys((await store.get('k'))?.forms ?? {}), ['br'])
    store.set('j', entry('long'))
    assert.equal(await store.get('k'), undefined)
  })
})
