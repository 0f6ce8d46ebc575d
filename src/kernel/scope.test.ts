import assert from 'node:assert/strict'
import { test } from 'node:test'
import { provider } from './provider.ts'
import { Scope } from './scope.ts'

const scope = (): Scope => new Scope('the call has ended')

test('a value is made once', () => {
  const held = scope()
  const one = provider(() => ({}))
  const value = held.get(one, () => ({}))
  assert.equal(
    held.get(one, () => assert.fail('made again')),
    value,
  )
})

test('undefined is a value, made once', () => {
  const held = scope()
  const one = provider(() => undefined)
  held.get(one, () => undefined)
  assert.equal(
    held.get(one, () => assert.fail('made again')),
    undefined,
  )
})

test('those who ask while a value is being made share it, and those who ask later have it at once', async () => {
  const held = scope()
  const one = provider(() => ({}))
  const { promise, resolve } = Promise.withResolvers<object>()
  const first = held.get(one, () => promise)
  const second = held.get(one, () => assert.fail('made again'))
  const value = {}
  resolve(value)
  assert.equal(await first, value)
  assert.equal(await second, value)
  assert.equal(
    held.get(one, () => assert.fail('made again')),
    value,
  )
})

test('after a failure the next one who asks tries again', async () => {
  const held = scope()
  const one = provider(() => 1)
  const broken = (): never => {
    throw new Error('broken')
  }
  assert.throws(() => held.get(one, broken), /broken/)
  const [first, second] = [held.get(one, async () => broken()), held.get(one, () => assert.fail('made again'))]
  await assert.rejects(async () => first, /broken/)
  await assert.rejects(async () => second, /broken/)
  assert.equal(
    held.get(one, () => 1),
    1,
  )
})

test('values are disposed of in the opposite order of their making, each when the one before it is done', async () => {
  const held = scope()
  const seen: string[] = []
  const slow = provider(() => '', {
    dispose: async (value) => {
      await Promise.resolve()
      seen.push(value)
    },
  })
  const quick = provider(() => '', { dispose: (value) => void seen.push(value) })
  held.get(quick, () => 'first')
  held.get(slow, () => 'second')
  held.get(
    provider(() => '', { dispose: (value) => void seen.push(value) }),
    () => 'third',
  )
  await held.close()
  assert.deepEqual(seen, ['third', 'second', 'first'])
})

test('disposal that waits for nothing is done at once', () => {
  const held = scope()
  let disposed = 0
  const one = provider(() => 1, { dispose: () => void disposed++ })
  held.get(one, () => 1)
  assert.equal(held.close(), undefined)
  assert.equal(disposed, 1)
})

test('values are disposed of once', async () => {
  const held = scope()
  let disposed = 0
  held.get(
    provider(() => 1, { dispose: () => void disposed++ }),
    () => 1,
  )
  await held.close()
  await held.close()
  assert.equal(disposed, 1)
})

test('disposers are told what the call failed with', () => {
  const errors: unknown[] = []
  const one = provider(() => 1, { dispose: (_, error) => void errors.push(error) })
  const failure = new Error('broken')
  const [good, bad] = [scope(), scope()]
  good.get(one, () => 1)
  good.close()
  bad.get(one, () => 1)
  bad.close(failure)
  assert.deepEqual(errors, [undefined, failure])
})

test('all values are disposed of, also when some fail; the first failure is thrown', async () => {
  const seen: string[] = []
  const disposing = (name: string, fail: () => unknown): [string, () => unknown] => [name, fail]
  const throwing = (text: string) => (): never => {
    throw new Error(text)
  }
  const rejecting = (text: string) => async (): Promise<never> => throwing(text)()
  const fill = (...values: [string, () => unknown][]): Scope => {
    const held = scope()
    for (const [name, fail] of values) {
      const dispose = (): unknown => {
        seen.push(name)
        return fail()
      }
      held.get(
        provider(() => name, { dispose }),
        () => name,
      )
    }
    return held
  }
  const sync = fill(
    disposing('a', throwing('a')),
    disposing('b', throwing('b')),
    disposing('c', () => {}),
  )
  assert.throws(() => sync.close(), /^Error: b$/)
  const async = fill(
    disposing('d', rejecting('d')),
    disposing('e', rejecting('e')),
    disposing('f', async () => {}),
  )
  await assert.rejects(async () => async.close(), /^Error: e$/)
  assert.deepEqual(seen, ['c', 'b', 'a', 'f', 'e', 'd'])
})

test('a value with Symbol.dispose or Symbol.asyncDispose disposes of itself, the asynchronous way if it has both', async () => {
  const seen: string[] = []
  const held = scope()
  const disposable = { [Symbol.dispose]: () => void seen.push('dispose') }
  const both = { ...disposable, [Symbol.asyncDispose]: async () => void seen.push('asyncDispose') }
  const callable = Object.assign(() => {}, { [Symbol.dispose]: () => void seen.push('of a function') })
  for (const value of [disposable, both, callable])
    held.get(
      provider(() => value),
      () => value,
    )
  await held.close()
  assert.deepEqual(seen, ['of a function', 'asyncDispose', 'dispose'])
})

test('a dispose function of the provider takes the place of what the value would do by itself', () => {
  const held = scope()
  const value = { [Symbol.dispose]: () => assert.fail('disposed of itself') }
  held.get(
    provider(() => value, { dispose: () => undefined }),
    () => value,
  )
  assert.equal(held.close(), undefined)
})

test('values that need no disposal are let go', () => {
  const held = scope()
  for (const value of [null, undefined, 1, 'text', {}, () => {}])
    held.get(
      provider(() => value),
      () => value,
    )
  assert.equal(held.close(), undefined)
})

test('a disposer that returns a bare thenable is waited for, and its failure counts', async () => {
  const held = scope()
  const failing = {
    // biome-ignore lint/suspicious/noThenProperty: query builders are such objects, and not all have a catch
    then: (_: unknown, reject: (error: Error) => void): void => queueMicrotask(() => reject(new Error('rolled back'))),
  }
  held.get(
    provider(() => 1, { dispose: () => failing }),
    () => 1,
  )
  await assert.rejects(async () => held.close(), /rolled back/)
})

test('closing waits for values that are still being made, and disposes of them too', async () => {
  const held = scope()
  const seen: string[] = []
  const { promise, resolve } = Promise.withResolvers<string>()
  const late = provider(() => '', { dispose: (value) => void seen.push(`${value} disposed`) })
  const made = held.get(late, () => promise)
  const failing = held.get(
    provider(() => ''),
    () => promise.then(() => Promise.reject(new Error('broken'))),
  )
  const closed = Promise.resolve(held.close()).then(() => seen.push('closed'))
  resolve('late')
  await assert.rejects(async () => failing, /broken/)
  assert.equal(await made, 'late')
  await closed
  assert.deepEqual(seen, ['late disposed', 'closed'])
})

test('a closed scope provides nothing more, since nobody would dispose of it', () => {
  const held = scope()
  const one = provider(() => 1)
  held.get(one, () => 1)
  held.close()
  assert.throws(() => held.get(one, () => assert.fail('made')), /^Error: the call has ended$/)
})
