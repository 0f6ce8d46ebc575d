import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createKernel, type Kernel } from './kernel.ts'
import { media } from './media.ts'
import { merge } from './merge.ts'
import { provider } from './provider.ts'
import { type Outcome, type Service, service } from './service.ts'
import { stream } from './stream.ts'
import { event } from './stream-event.ts'
import { topic } from './topic.ts'

const Item = z.object({ n: z.int() })

function kernelOf(...services: Service[]): Kernel {
  return createKernel({ services, checkOutput: true })
}

async function itemsOf(kernel: Kernel, name: string): Promise<AsyncIterableIterator<unknown, undefined>> {
  return (await kernel.invoke(name, undefined)) as AsyncIterableIterator<unknown, undefined>
}

suite('a service whose output is a stream', () => {
  test('gives its items, projected and without what is told of them', async () => {
    const some = service({
      name: 'some',
      output: stream(Item),
      handle: function* () {
        yield { n: 1, secret: true }
        yield event({ n: 2 }, { id: 'two' })
      },
    })
    assert.deepEqual(await Array.fromAsync(await itemsOf(kernelOf(some), 'some')), [{ n: 1 }, { n: 2 }])
  })
  test('takes any iterable, also one that comes later', async () => {
    const list = service({ name: 'list', output: stream(z.int()), handle: async () => new Set([1, 2]) })
    assert.deepEqual(await Array.fromAsync(await itemsOf(kernelOf(list), 'list')), [1, 2])
  })
  test('is refused where it returns none', async () => {
    const none = service({ name: 'none', output: stream(z.int()), handle: (() => 5) as never })
    await assert.rejects(itemsOf(kernelOf(none), 'none'), /none returned no iterable/)
  })
  test('is refused at the item that does not fit, and its source closed', async () => {
    let closed = false
    const wrong = service({
      name: 'wrong',
      output: stream(Item),
      handle: function* () {
        try {
          yield { n: 1 }
          yield { n: 'two' }
        } finally {
          closed = true
        }
      } as never,
    })
    const items = await itemsOf(kernelOf(wrong), 'wrong')
    assert.deepEqual(await items.next(), { done: false, value: { n: 1 } })
    await assert.rejects(items.next(), { code: 'invalid_output' })
    assert.equal(closed, true)
    assert.equal((await items.next()).done, true)
  })
  test('keeps what is told of an item when another service hands its stream on', async () => {
    const inner = service({ name: 'inner', output: stream(z.int()), handle: () => [event(1, { id: 'a' })] })
    const outer = service({ name: 'outer', output: stream(z.int()), handle: ({ invoke }) => invoke(inner) })
    assert.deepEqual(await Array.fromAsync(await itemsOf(kernelOf(inner, outer), 'outer')), [1])
  })
})

/** A service whose stream tells what happens to its call. */
function told(lines: string[], items: () => AsyncIterable<number> | Iterable<number>): Service {
  const db = provider(() => 'db', {
    dispose: (_value, error) => void lines.push(error === undefined ? 'commit' : 'rollback'),
  })
  const after = (_call: unknown, { ok }: Outcome): void => void lines.push(`after ${ok}`)
  return service({
    name: 'told',
    output: stream(z.int()),
    use: { db },
    after,
    handle: ({ afterReply }) => {
      afterReply(() => void lines.push('work'))
      return items()
    },
  })
}

suite('a call whose output is a stream ends', () => {
  test('with its last item: then come hooks, providers, work', async () => {
    const lines: string[] = []
    const kernel = kernelOf(told(lines, () => [1]))
    const items = await itemsOf(kernel, 'told')
    await items.next()
    assert.deepEqual(lines, [])
    await items.next()
    await kernel.close()
    assert.deepEqual(lines, ['after true', 'commit', 'work'])
  })
  test('with its error', async () => {
    const lines: string[] = []
    const kernel = kernelOf(
      told(lines, function* () {
        yield 1
        throw new RangeError('broken')
      }),
    )
    await assert.rejects(Array.fromAsync(await itemsOf(kernel, 'told')), /broken/)
    await kernel.close()
    assert.deepEqual(lines, ['after false', 'rollback'])
  })
  test('when it is left, which closes the source and is a failure', async () => {
    const lines: string[] = []
    const source = async function* (): AsyncGenerator<number> {
      try {
        for (;;) yield 1
      } finally {
        lines.push('closed')
      }
    }
    const kernel = kernelOf(told(lines, source))
    for await (const _ of await itemsOf(kernel, 'told')) break
    assert.deepEqual(lines, ['closed', 'after false', 'rollback'])
  })
  test('when nobody has taken any of it until the kernel closes', async () => {
    for (const leave of ['invoke', 'later'] as const) {
      const lines: string[] = []
      const asker = service({ name: 'asker', handle: ({ invokeAsync }) => void invokeAsync('told') })
      const kernel = kernelOf(
        told(lines, () => [1, 2]),
        asker,
      )
      await kernel.invoke(leave === 'invoke' ? 'told' : 'asker', undefined)
      assert.equal(await kernel.close({ deadline: 60_000 }), 0)
      assert.deepEqual(lines, ['after false', 'rollback'])
    }
  })
  test('when it is left while its source waits for the signal', async () => {
    const waits = service({
      name: 'waits',
      output: stream(z.int()),
      handle: async function* ({ signal }) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    })
    const items = await itemsOf(kernelOf(waits), 'waits')
    const next = items.next()
    await items.return?.()
    assert.deepEqual(await next, { done: true, value: undefined })
  })
  test('when it is left while a source that is no generator waits', async () => {
    const news = topic<number>()
    const listens = service({ name: 'listens', output: stream(z.int()), handle: () => news.subscribe() })
    const items = await itemsOf(kernelOf(listens), 'listens')
    const next = items.next()
    await items.return?.()
    assert.equal((await next).done, true)
    assert.equal(news.subscribers, 0)
  })
  test('with the last part of a finished representation that comes in parts', async () => {
    const lines: string[] = []
    const db = provider(() => 'db', { dispose: () => void lines.push('disposed') })
    const bytes = service({
      name: 'bytes',
      use: { db },
      handle: () =>
        media(
          (async function* () {
            yield 'a'
          })(),
          'text/plain',
        ),
    })
    const { body } = (await kernelOf(bytes).invoke('bytes', undefined)) as { body: AsyncIterable<string> }
    assert.deepEqual(lines, [])
    assert.deepEqual(await Array.fromAsync(body), ['a'])
    assert.deepEqual(lines, ['disposed'])
  })
})

suite('merged sources', () => {
  test('are all closed when the merged one is left', async () => {
    const [a, b] = [topic<number>(), topic<string>()]
    const merged = merge(a.subscribe(), b.subscribe())
    const next = merged.next()
    b.publish('x')
    assert.deepEqual(await next, { done: false, value: 'x' })
    await merged.return?.()
    assert.deepEqual([a.subscribers, b.subscribers], [0, 0])
    assert.equal((await merged.next()).done, true)
  })
  test('are all closed when one of them fails', async () => {
    const news = topic<number>()
    const failing = (async function* (): AsyncGenerator<number> {
      if (news.subscribers > 0) throw new Error('broken')
      yield 1
    })()
    await assert.rejects(merge(news.subscribe(), failing).next(), /broken/)
    assert.equal(news.subscribers, 0)
  })
})

suite('a topic', () => {
  test('loses the oldest item of a subscriber that is too slow, or ends its subscription', async () => {
    const dropping = topic<number>({ buffer: 2 })
    const slow = dropping.subscribe()
    for (const n of [1, 2, 3]) dropping.publish(n)
    dropping.close()
    assert.deepEqual(await Array.fromAsync(slow), [2, 3])
    const closing = topic<number>({ buffer: 2, full: 'close' })
    const tooSlow = closing.subscribe()
    for (const n of [1, 2, 3]) closing.publish(n)
    assert.deepEqual(await Array.fromAsync(tooSlow), [1, 2])
  })
  test('ends a subscription whose signal aborts, or has', async () => {
    const news = topic<number>()
    const controller = new AbortController()
    const items = news.subscribe(controller.signal)
    controller.abort()
    assert.deepEqual(await Array.fromAsync(items), [])
    assert.deepEqual(await Array.fromAsync(news.subscribe(controller.signal)), [])
    assert.equal(news.subscribers, 0)
  })
})
