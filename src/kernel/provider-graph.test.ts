import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKernel, type Kernel } from './kernel.ts'
import type { Provider, Uses } from './provided.ts'
import { provider } from './provider.ts'
import { type Service, service } from './service.ts'

interface Watched extends AsyncDisposable {
  /** What the service was given as `value`, call by call. */
  readonly seen: unknown[]
  readonly kernel: Kernel
  readonly call: () => Promise<unknown>
}

function watched(value: Provider, use: Readonly<Record<string, unknown>>): Watched {
  const seen: unknown[] = []
  const read: Service = service({ use: { value }, handle: (call) => void seen.push(call.value) })
  const kernel = createKernel({ services: { read }, use })
  return {
    seen,
    kernel,
    call: () => kernel.invoke(read, undefined),
    [Symbol.asyncDispose]: async () => void (await kernel.close()),
  }
}

const unused = (): never => assert.fail('the original was made')

test('a plain value takes the place of a provider', async () => {
  for (const value of [1, null, undefined, 'text', { find: () => 1 }]) {
    await using app = watched(provider(unused), { value })
    await app.call()
    assert.deepEqual(app.seen, [value])
  }
})

test('a plain value belongs to who gave it, and is not disposed of', async () => {
  const value = { [Symbol.dispose]: () => assert.fail('disposed of') }
  await using app = watched(provider(unused), { value })
  await app.call()
  assert.deepEqual(app.seen, [value])
})

test('a provider takes the place of a provider, with its own scope and disposal', async () => {
  let made = 0
  let disposed = 0
  const fake = provider(() => ++made, { dispose: () => void disposed++ })
  await using app = watched(provider(unused, { scope: 'app' }), { value: fake })
  await app.call()
  await app.call()
  assert.deepEqual(app.seen, [1, 2])
  assert.equal(disposed, 2)
})

test('what a provider is made of is overridden too, however deep', async () => {
  const pool = provider(unused, { scope: 'app' })
  const db = provider(({ pool }) => [pool], { scope: 'app', use: { pool } })
  const users = provider(({ db }) => [db], { use: { db } })
  await using app = watched(users, { pool: 'fake' })
  await app.call()
  assert.deepEqual(app.seen, [[['fake']]])
})

test('an overriding provider is made as it was declared, so that it can wrap the one it replaces', async () => {
  const value = provider(() => 'real')
  const wrapper = provider(({ value }) => `wrapped ${value}`, { use: { value } })
  await using app = watched(value, { value: wrapper })
  await app.call()
  assert.deepEqual(app.seen, ['wrapped real'])
})

test('a provider of the app stays one value for all services when one that it is made of is overridden', async () => {
  let made = 0
  const pool = provider(unused, { scope: 'app' })
  const db = provider(({ pool }) => `${pool} ${++made}`, { scope: 'app', use: { pool } })
  const seen: string[] = []
  const direct = service({ use: { db }, handle: ({ db }) => void seen.push(db) })
  const users = provider(({ db }) => db, { use: { db } })
  const through = service({ use: { users }, handle: ({ users }) => void seen.push(users) })
  const kernel = createKernel({ services: { direct, through }, use: { pool: 'fake' } })
  for (const each of [direct, through, direct]) await kernel.invoke(each, undefined)
  await kernel.close()
  assert.deepEqual(seen, ['fake 1', 'fake 1', 'fake 1'])
})

test('what is provided to one app is not seen by another app of the same services', async () => {
  const value = provider(() => 'real')
  await using overridden = watched(value, { value: 'fake' })
  await using plain = watched(value, {})
  await overridden.call()
  await plain.call()
  assert.deepEqual([...overridden.seen, ...plain.seen], ['fake', 'real'])
})

test('names that every object has are names like any other', async () => {
  const uses: Uses = { constructor: provider(() => 'mine'), toString: provider(() => 'too') }
  const seen: unknown[] = []
  const read = service({ use: uses, handle: (call) => void seen.push(call.constructor, call.toString) })
  const kernel = createKernel({ services: { read }, use: { toString: 'fake' } })
  await kernel.invoke(read, undefined)
  assert.deepEqual(seen, ['mine', 'fake'])
})
