import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { newCid } from './cid.ts'
import { systemClock } from './clock.ts'
import { InvocationError } from './invocation-error.ts'
import { createKernel, type Kernel } from './kernel.ts'
import { silentLogger } from './logger.ts'
import { defineProblem, isProblem, problem } from './problem.ts'
import { provider } from './provider.ts'
import { service } from './service.ts'
import { StartupError } from './startup-error.ts'

const services = { one: service({ handle: () => {} }) }

/** A kernel whose log is kept. */
function recorded(): { readonly kernel: Kernel; readonly lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  const write = (line: string): void => void lines.push(JSON.parse(line))
  return { lines, kernel: createKernel({ services, log: pino({ base: null, timestamp: false }, { write }) }) }
}

test('clock, log and cids are those of the machine, silence, and random, unless they are given', () => {
  const plain = createKernel({ services })
  assert.equal(plain.clock, systemClock)
  assert.equal(plain.log, silentLogger)
  assert.equal(plain.newCid, newCid)
  const clock = { ...systemClock }
  const log = { ...silentLogger }
  const own = createKernel({ services, clock, log, newCid: () => 'a' })
  assert.equal(own.clock, clock)
  assert.equal(own.log, log)
  assert.equal(own.newCid(), 'a')
})

test('a problem is told to the caller as it is; those of the client are not logged', () => {
  const { kernel, lines } = recorded()
  const raised = problem('not_found', 'No employee 5')
  assert.equal(kernel.problemOf(raised, { cid: 'abc' }, 'one'), raised)
  assert.deepEqual(lines, [])
})

test('what brought a problem of the client about is logged, since its author says so', () => {
  const { kernel, lines } = recorded()
  kernel.problemOf(problem('conflict', 'taken', { cause: new Error('unique index') }), { cid: 'abc' }, 'one')
  const [line, ...others] = lines
  assert.deepEqual(others, [])
  assert.deepEqual([line?.level, line?.cid, line?.service, line?.msg], [30, 'abc', 'one', 'taken'])
  assert.match(JSON.stringify(line?.err), /unique index/)
})

test('a problem of the server is logged with its cid and service', () => {
  const { kernel, lines } = recorded()
  const raised = problem('unavailable', 'stopping')
  assert.equal(kernel.problemOf(raised, { cid: 'abc' }, 'one'), raised)
  assert.deepEqual(
    lines.map(({ level, cid, service, msg }) => ({ level, cid, service, msg })),
    [{ level: 50, cid: 'abc', service: 'one', msg: 'stopping' }],
  )
})

test('a problem of your own, or of another copy of the package, is told as it is', async () => {
  const { kernel } = recorded()
  const copy: typeof import('./problem.ts') = await import(`${import.meta.resolve('./problem.ts')}?copy`)
  const foreign = copy.problem('conflict')
  assert.equal(kernel.problemOf(foreign, { cid: 'abc' }), foreign)
  const outOfStock = defineProblem({ code: 'out_of_stock', status: 409, title: 'Out of stock' })
  assert.throws(outOfStock, (thrown) => kernel.problemOf(thrown, { cid: 'abc' }) === thrown)
})

test('anything else is logged and becomes internal_error, which tells the caller nothing', () => {
  const { kernel, lines } = recorded()
  const error = new Error('password=secret')
  const told = kernel.problemOf(error, { cid: 'abc' }, 'one')
  assert.ok(isProblem(told))
  assert.deepEqual(
    { code: told.code, status: told.status, detail: told.detail, findings: told.findings, message: told.message },
    { code: 'internal_error', status: 500, detail: undefined, findings: undefined, message: 'Internal error' },
  )
  assert.equal(told.cause, error)
  assert.deepEqual(
    lines.map(({ level, cid, service, msg }) => ({ level, cid, service, msg })),
    [{ level: 50, cid: 'abc', service: 'one', msg: 'one failed: password=secret' }],
  )
})

test('a wrong invocation is the fault of the code, and becomes internal_error too', () => {
  const { kernel } = recorded()
  assert.equal(kernel.problemOf(new InvocationError('no'), { cid: 'abc' }).code, 'internal_error')
})

test('a failure outside of any service is logged as one of a call', () => {
  const { kernel, lines } = recorded()
  kernel.problemOf(new Error('broken'), { cid: 'abc' })
  assert.equal(lines[0]?.msg, 'a call failed: broken')
})

const hostile: Record<string, unknown> = Object.create(null)
const texts: readonly (readonly [what: string, thrown: unknown, text: string])[] = [
  ['a text', 'broken', 'broken'],
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a number', 5, '5'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['a plain object', { code: 5 }, '{ code: 5 }'],
  ['an object without a prototype', hostile, '[Object: null prototype] {}'],
]

for (const [what, thrown, text] of texts) {
  test(`${what} that was thrown is logged as it is written`, () => {
    const { kernel, lines } = recorded()
    assert.equal(kernel.problemOf(thrown, { cid: 'abc' }, 'one').code, 'internal_error')
    assert.equal(lines[0]?.msg, `one failed: ${text}`)
  })
}

test('closing a kernel that did nothing does nothing', async () => {
  const kernel = createKernel({ services })
  await kernel.close()
  await kernel.close()
})

test('whoever closes a kernel that is closing already waits for the same end', async () => {
  const seen: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const dispose = async (): Promise<void> => {
    await promise
    seen.push('disposed')
  }
  const read = service({ use: { db: provider(() => 1, { scope: 'app', dispose }) }, handle: () => {} })
  const kernel = createKernel({ services: { read } })
  await kernel.invoke(read, undefined)
  const closed = [kernel.close(), kernel.close()].map((each, at) => each.then(() => seen.push(`closed ${at}`)))
  resolve()
  await Promise.all(closed)
  assert.deepEqual(seen, ['disposed', 'closed 0', 'closed 1'])
})

test('a disposer of the app that fails is told to whoever closes it, after all others had their turn', async () => {
  const seen: string[] = []
  const bad = provider(() => 1, { scope: 'app', dispose: () => Promise.reject(new Error('stuck')) })
  const good = provider(() => 2, { scope: 'app', dispose: () => void seen.push('disposed') })
  const read = service({ use: { good, bad }, handle: () => {} })
  const kernel = createKernel({ services: { read } })
  await kernel.invoke(read, undefined)
  await assert.rejects(kernel.close(), /stuck/)
  assert.deepEqual(seen, ['disposed'])
})

test('closing waits for background calls no longer than it is told, and says how many were left', async () => {
  const never = service({ name: 'never', handle: () => new Promise<void>(() => {}) })
  const begin = service({ name: 'begin', handle: ({ invokeAsync }) => void invokeAsync(never) })
  const kernel = createKernel({ services: [never, begin] })
  await kernel.invoke(begin, undefined)
  assert.equal(await kernel.close({ deadline: 1 }), 1)
})

test('what the compiler refuses is refused at the start of an app that was not compiled', () => {
  const loose = { name: 'loose', throws: ['no_such_code'] }
  assert.throws(
    () => createKernel({ services: [service(loose as never)] }),
    new StartupError([
      "loose has no 'handle': give it the function that does its work",
      "loose throws 'no_such_code', which is no code of the catalogue: remove it",
    ]),
  )
})
