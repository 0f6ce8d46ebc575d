import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { topic } from './topic.ts'

test('a subscription that ends leaves nothing on a signal that lives on', async () => {
  const { signal } = new AbortController()
  const news = topic<string>()
  const left = news.subscribe(signal)
  const closed = news.subscribe(signal)
  assert.equal(getEventListeners(signal, 'abort').length, 2)
  await left.return?.()
  news.close()
  assert.deepEqual(await closed.next(), { done: true, value: undefined })
  assert.equal(getEventListeners(signal, 'abort').length, 0)
  assert.equal(news.subscribers, 0)
})
