import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKernel, type KernelOptions } from './kernel.ts'
import { silentLogger } from './logger.ts'
import { conflict, isProblem } from './problem.ts'
import type { Provider } from './provided.ts'
import { isProvider, provider } from './provider.ts'
import { type Service, service } from './service.ts'

const broken = (text = 'broken'): never => {
  throw new Error(text)
}

const started = <S extends Record<string, Service>>(services: S, options: Partial<KernelOptions> = {}) => {
  const kernel = createKernel({ ...options, services })
  return {
    invoke: (target: Service, input?: unknown) => kernel.invoke(target, input),
    [Symbol.asyncDispose]: async () => void (await kernel.close()),
  }
}

/** A provider whose values are counted, to see how many were made. */
function counted(options: { readonly scope?: 'app' | 'call' } = {}): {
  provider: Provider<number>
  made: () => number
} {
  let made = 0
  const create = (): number => ++made
  const counter = options.scope === 'app' ? provider(create, { scope: 'app' }) : provider(create)
  return { provider: counter, made: () => made }
}

test('a provider is known as one, also by another copy of the package', async () => {
  const copy: typeof import('./provider.ts') = await import(`${import.meta.resolve('./provider.ts')}?copy`)
  assert.equal(isProvider(provider(() => 1)), true)
  assert.equal(copy.isProvider(provider(() => 1)), true)
  for (const value of [{ scope: 'call', use: {}, create: () => 1 }, () => 1, undefined, null]) {
    assert.equal(isProvider(value), false)
  }
})

test('a provider lives for one call unless it says otherwise', () => {
  assert.equal(provider(() => 1).scope, 'call')
  assert.equal(provider(() => 1, { scope: 'app' }).scope, 'app')
})

test('a value is made when a service asks for it, and not for one that does not', async () => {
  const counter = counted()
  const [uses, does_not] = [service({ use: { n: counter.provider }, handle: () => {} }), service({ handle: () => {} })]
  await using app = started({ uses, does_not })
  await app.invoke(does_not)
  assert.equal(counter.made(), 0)
  await app.invoke(uses)
  assert.equal(counter.made(), 1)
})

test('a value of a call is made once for the call and all that it invokes, and again for the next call', async () => {
  const counter = counted()
  const seen: number[] = []
  const use = { n: counter.provider }
  const inner = service({ use, handle: ({ n }) => void seen.push(n) })
  const outer = service({
    use,
    handle: async ({ n, invoke }) => {
      seen.push(n)
      await Promise.all([invoke(inner), invoke(inner)])
    },
  })
  await using app = started({ inner, outer })
  await app.invoke(outer)
  await app.invoke(outer)
  assert.deepEqual(seen, [1, 1, 1, 2, 2, 2])
})

test('a value that only an inner service asks for is disposed of at the end of the whole call', async () => {
  const seen: string[] = []
  const db = provider(() => 'db', { dispose: () => void seen.push('disposed') })
  const inner = service({ use: { db }, handle: () => void seen.push('inner') })
  const outer = service({
    handle: async ({ invoke }) => {
      await invoke(inner)
      seen.push('outer')
    },
  })
  await using app = started({ inner, outer })
  await app.invoke(outer)
  assert.deepEqual(seen, ['inner', 'outer', 'disposed'])
})

test('a value of the app is made once for all calls', async () => {
  const counter = counted({ scope: 'app' })
  const seen: number[] = []
  const [one, two] = ['one', 'two'].map(() =>
    service({ use: { n: counter.provider }, handle: ({ n }) => void seen.push(n) }),
  )
  assert.ok(one && two)
  await using app = started({ one, two })
  for (const each of [one, two, one]) await app.invoke(each)
  assert.deepEqual(seen, [1, 1, 1])
})

test('first calls in parallel share the one value of the app that is being made', async () => {
  let made = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const pool = provider(
    async () => {
      made++
      await promise
      return {}
    },
    { scope: 'app' },
  )
  const seen = new Set<object>()
  const use = service({ use: { pool }, handle: ({ pool }) => void seen.add(pool) })
  await using app = started({ use })
  const calls = [app.invoke(use), app.invoke(use), app.invoke(use)]
  resolve()
  await Promise.all(calls)
  assert.equal(made, 1)
  assert.equal(seen.size, 1)
})

test('a value of the app that could not be made is tried again by the next call', async () => {
  let attempts = 0
  const pool = provider(async () => (++attempts === 1 ? broken('no database') : 'pool'), { scope: 'app' })
  const seen: string[] = []
  const use = service({ use: { pool }, handle: ({ pool }) => void seen.push(pool) })
  await using app = started({ use })
  await assert.rejects(app.invoke(use), /no database/)
  await app.invoke(use)
  await app.invoke(use)
  assert.equal(attempts, 2)
  assert.deepEqual(seen, ['pool', 'pool'])
})

test('a provider is made of others, which are made before it and disposed of after it', async () => {
  const seen: string[] = []
  const log = (name: string, value: string) => ({
    create: (): string => {
      seen.push(`make ${name}`)
      return value
    },
    dispose: () => void seen.push(`dispose ${name}`),
  })
  const pool = provider(log('pool', 'p').create, { scope: 'app', dispose: log('pool', '').dispose })
  const db = provider(({ pool }) => `${log('db', '').create()}${pool}d`, {
    use: { pool },
    dispose: log('db', '').dispose,
  })
  const users = provider(async ({ db }) => `${log('users', '').create()}${db}u`, {
    use: { db },
    dispose: log('users', '').dispose,
  })
  const read = service({ use: { users, db }, handle: ({ users, db }) => void seen.push(`${users} ${db}`) })
  {
    await using app = started({ read })
    await app.invoke(read)
  }
  assert.deepEqual(seen, [
    'make pool',
    'make db',
    'make users',
    'pdu pd',
    'dispose users',
    'dispose db',
    'dispose pool',
  ])
})

test('what a provider is made of does not show in the call', async () => {
  const db = provider(({ pool }) => pool, { use: { pool: provider(() => 1) } })
  const read = service({
    use: { db },
    handle: (call) => {
      assert.equal('pool' in call, false)
      assert.equal(call.db, 1)
    },
  })
  await using app = started({ read })
  await app.invoke(read)
})

test('a provider of a call sees the call; one of the app sees only what the app has', async () => {
  const ofCall = provider(({ cid, service }) => `${service} ${cid}`)
  const ofApp = provider((context) => Object.keys(context).toSorted(), { scope: 'app' })
  const seen: unknown[] = []
  const read = service({ use: { ofCall, ofApp }, handle: ({ ofCall, ofApp }) => void seen.push(ofCall, ofApp) })
  await using app = started({ read }, { newCid: () => 'abc' })
  await app.invoke(read)
  assert.deepEqual(seen, ['read abc', ['log', 'time']])
})

test('a transaction commits before the call ends, and rolls back when it fails', async () => {
  const seen: string[] = []
  const transaction = provider(() => 'open', { dispose: (_, error) => void seen.push(error ? 'rollback' : 'commit') })
  const use = { transaction }
  const good = service({ use, handle: () => {} })
  const bad = service({ use, handle: () => broken() })
  const badLater = service({ use, handle: async () => broken() })
  await using app = started({ good, bad, badLater })
  await app.invoke(good)
  await assert.rejects(app.invoke(bad), /broken/)
  await assert.rejects(app.invoke(badLater), /broken/)
  assert.deepEqual(seen, ['commit', 'rollback', 'rollback'])
})

for (const nothing of [undefined, null, 0, '', false]) {
  test(`a call that fails with ${JSON.stringify(nothing)} rolls back as well`, async () => {
    const seen: string[] = []
    const transaction = provider(() => 'open', { dispose: (_, error) => void seen.push(error ? 'rollback' : 'commit') })
    const bad = service({ use: { transaction }, handle: () => Promise.reject(nothing) })
    await using app = started({ bad })
    assert.equal(await app.invoke(bad).catch((error: unknown) => error), nothing)
    assert.deepEqual(seen, ['rollback'])
  })
}

test('values that were made before another could not be made are disposed of with that failure', async () => {
  const seen: unknown[] = []
  const first = provider(() => 1, { dispose: (_, error) => void seen.push(error) })
  const second = provider(() => broken())
  const read = service({ use: { first, second }, handle: () => assert.fail('handled') })
  await using app = started({ read })
  const error = await app.invoke(read).catch((thrown: unknown) => thrown)
  assert.ok(error instanceof Error)
  assert.deepEqual(seen, [error])
})

for (const [how, fail] of [
  ['throws', () => broken('no commit')],
  ['rejects', async () => broken('no commit')],
] as const) {
  test(`a disposer that ${how} turns success into failure`, async () => {
    const transaction = provider(() => 1, { dispose: fail })
    const write = service({ use: { transaction }, handle: () => {} })
    await using app = started({ write })
    await assert.rejects(app.invoke(write), /no commit/)
  })

  test(`a disposer that ${how} does not hide what the call failed with, and is logged`, async () => {
    const lines: string[] = []
    const log = { ...silentLogger, error: (_: object | string, text?: string) => void lines.push(text ?? '') }
    const transaction = provider(() => 1, { dispose: fail })
    const bad = service({ use: { transaction }, handle: () => conflict('taken') })
    const badLater = service({ use: { transaction }, handle: async () => conflict('taken') })
    await using app = started({ bad, badLater }, { log })
    for (const each of [bad, badLater]) {
      const error = await app.invoke(each).catch((thrown: unknown) => thrown)
      assert.ok(isProblem(error))
      assert.equal(error.detail, 'taken')
    }
    assert.deepEqual(lines, [
      'bad had failed, and what it was provided with could not be disposed of: no commit',
      'bad-later had failed, and what it was provided with could not be disposed of: no commit',
    ])
  })
}

test('a provider that invokes a service which needs that same provider is refused, not waited for', async () => {
  const currentUser: Provider<string> = provider(async ({ invoke }) => {
    await Promise.resolve()
    return String(await invoke('read-user', { id: 1 }))
  })
  const base = service.with({ use: { currentUser } })
  const readUser = base({ name: 'read-user', handle: () => assert.fail('handled') })
  const whoAmI = base({ name: 'who-am-i', handle: () => assert.fail('handled') })
  await using app = started({ readUser, whoAmI })
  await assert.rejects(app.invoke(whoAmI), {
    name: 'InvocationError',
    message:
      'provider currentUser would wait for itself for ever: provider currentUser -> read-user -> provider currentUser',
  })
})

test('that is seen also when the service needs it only through another provider, which is made of it', async () => {
  const token: Provider<string> = provider(async ({ invoke }) => {
    await Promise.resolve()
    return String(await invoke('login'))
  })
  const client = provider(({ token }) => token, { use: { token } })
  const login = service({ name: 'login', use: { client }, handle: () => assert.fail('handled') })
  const read = service({ use: { client }, handle: () => assert.fail('handled') })
  await using app = started({ login, read })
  await assert.rejects(app.invoke(read), {
    name: 'InvocationError',
    message:
      'provider client would wait for itself for ever: provider client -> provider token -> login -> provider client',
  })
})

test('a provider may invoke a service that does not need it', async () => {
  const readUser = service({ name: 'read-user', handle: () => {} })
  const currentUser = provider(async ({ invoke }) => {
    await invoke(readUser)
    return 'me'
  })
  const seen: string[] = []
  const whoAmI = service({ use: { currentUser }, handle: ({ currentUser }) => void seen.push(currentUser) })
  await using app = started({ readUser, whoAmI })
  await app.invoke(whoAmI)
  assert.deepEqual(seen, ['me'])
})

test('what is left running when its call fails is provided with nothing more', async () => {
  const seen: string[] = []
  const go = Promise.withResolvers<void>()
  const late = provider(() => 'late', { dispose: () => void seen.push('disposed') })
  const slow = service({
    name: 'slow',
    handle: async ({ invoke }) => {
      await go.promise
      await invoke(needsLate)
    },
  })
  const needsLate = service({ name: 'needs-late', use: { late }, handle: () => void seen.push('handled') })
  const left: Promise<unknown>[] = []
  const outer = service({
    handle: async ({ invoke }) => {
      left.push(invoke(slow))
      broken()
    },
  })
  await using app = started({ slow, needsLate, outer })
  await assert.rejects(app.invoke(outer), /broken/)
  const [running] = left
  assert.ok(running)
  const refused = assert.rejects(running, /the call has ended, and is provided with nothing more/)
  go.resolve()
  await refused
  assert.deepEqual(seen, [])
})

test('a closed app provides nothing more, since nobody would dispose of it', async () => {
  const counter = counted({ scope: 'app' })
  const read = service({ use: { n: counter.provider }, handle: () => {} })
  const kernel = createKernel({ services: { read } })
  await kernel.close()
  await assert.rejects(kernel.invoke(read, undefined), /the app has closed/)
  assert.equal(counter.made(), 0)
})

test('values of the app are disposed of when it closes, the youngest first, and once', async () => {
  const seen: string[] = []
  const named = (name: string): Provider<string> =>
    provider(() => name, { scope: 'app', dispose: (value) => void seen.push(value) })
  const read = service({ use: { a: named('a'), b: named('b') }, handle: () => {} })
  const kernel = createKernel({ services: { read } })
  await kernel.invoke(read, undefined)
  assert.deepEqual(seen, [])
  await kernel.close()
  await kernel.close()
  assert.deepEqual(seen, ['b', 'a'])
})
