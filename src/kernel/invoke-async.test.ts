import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { z } from 'zod'
import { createKernel, type Kernel } from './kernel.ts'
import { type Logger, silentLogger } from './logger.ts'
import { conflict } from './problem.ts'
import { provider } from './provider.ts'
import { type Service, service } from './service.ts'

const kernelOf = (services: Record<string, Service>, log: Logger = silentLogger): Kernel =>
  createKernel({ services, log, newCid: () => 'abc' })

test('the cid is returned before the other service begins', async () => {
  const seen: string[] = []
  const later = service({ handle: ({ cid }) => void seen.push(`later ${cid}`) })
  const first = service({
    handle: ({ invokeAsync }) => {
      seen.push(`started ${invokeAsync(later)}`, `and ${invokeAsync('later')}`)
    },
  })
  const kernel = kernelOf({ later, first })
  await kernel.invoke(first, undefined)
  await kernel.close()
  assert.deepEqual(seen, ['started abc', 'and abc', 'later abc', 'later abc'])
})

test('the call does not wait for it, and closing does', async () => {
  const seen: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const later = service({
    handle: async () => {
      await promise
      seen.push('later')
    },
  })
  const first = service({ handle: ({ invokeAsync }) => void invokeAsync(later) })
  const kernel = kernelOf({ later, first })
  await kernel.invoke(first, undefined)
  seen.push('answered')
  const closed = kernel.close().then(() => seen.push('closed'))
  resolve()
  await closed
  assert.deepEqual(seen, ['answered', 'later', 'closed'])
})

test('closing waits for what background calls start in their turn, before the app lets go of what it was provided with', async () => {
  const seen: string[] = []
  const db = provider(() => 'db', { scope: 'app', dispose: () => void seen.push('disposed') })
  const third = service({ use: { db }, handle: async ({ db }) => void seen.push(`third ${db}`) })
  const second = service({ handle: async ({ invokeAsync }) => void invokeAsync(third) })
  const first = service({ use: { db }, handle: ({ invokeAsync }) => void invokeAsync(second) })
  const kernel = kernelOf({ first, second, third })
  await kernel.invoke(first, undefined)
  await kernel.close()
  assert.deepEqual(seen, ['third db', 'disposed'])
})

test('its failure is logged with the cid, both names and what went wrong, and closing goes on', async () => {
  const lines: Record<string, unknown>[] = []
  const write = (line: string): void => void lines.push(JSON.parse(line))
  const broken = service({
    handle: () => {
      throw new Error('broken')
    },
  })
  const refused = service({ handle: () => conflict('taken') })
  const invalid = service({ input: z.object({ n: z.int() }), handle: () => {} })
  const first = service({
    handle: ({ invokeAsync }) => {
      invokeAsync(broken)
      invokeAsync(refused)
      invokeAsync(invalid, {} as never)
    },
  })
  const kernel = kernelOf({ broken, refused, invalid, first }, pino({ base: null }, { write }))
  await kernel.invoke(first, undefined)
  await kernel.close()
  assert.deepEqual(
    lines.map(({ level, cid, service, msg }) => ({ level, cid, service, msg })),
    ['broken', 'refused', 'invalid'].map((name) => ({
      level: 50,
      cid: 'abc',
      service: name,
      msg: `${name}, started by first, failed`,
    })),
  )
  assert.deepEqual(
    lines.map(({ err }) => (typeof err === 'object' && err !== null && 'message' in err ? err.message : err)),
    ['broken', 'taken', 'Invalid input'],
  )
})

test('a service that is not there is refused at once', async () => {
  const first = service({ handle: ({ invokeAsync }) => void invokeAsync('nowhere') })
  await assert.rejects(kernelOf({ first }).invoke(first, undefined), {
    name: 'InvocationError',
    message: 'there is no service nowhere in this app: first',
  })
})

test('it has providers of its own, and outlives those of the call that started it', async () => {
  let made = 0
  const seen: string[] = []
  const n = provider(() => ++made, { dispose: (value) => void seen.push(`disposed ${value}`) })
  const later = service({ use: { n }, handle: ({ n }) => void seen.push(`later ${n}`) })
  const first = service({
    use: { n },
    handle: ({ n, invokeAsync }) => {
      invokeAsync(later)
      seen.push(`first ${n}`)
    },
  })
  const kernel = kernelOf({ later, first })
  await kernel.invoke(first, undefined)
  await kernel.close()
  assert.deepEqual(seen, ['first 1', 'disposed 1', 'later 2', 'disposed 2'])
})

test('it has the caller, but neither the HTTP side nor the abort of the call that started it', async () => {
  const caller = { definition: 'hr', username: 'ann', roles: [], scopes: [] }
  const seen: unknown[] = []
  const gone: (() => void)[] = []
  const later = service({
    handle: ({ caller, http, signal }) => {
      for (const abort of gone) abort()
      seen.push(caller, http, signal.aborted)
    },
  })
  const first = service({
    handle: ({ signal, invokeAsync }) => {
      invokeAsync(later)
      seen.push(signal.aborted)
    },
  })
  const kernel = kernelOf({ later, first })
  const entry = kernel.find(first)
  assert.ok(entry)
  const call = kernel.begin(entry, { cid: 'abc', caller, onAbort: (listener) => void gone.push(listener) })
  kernel.run(entry, call, undefined, () => 'body')
  await kernel.close()
  assert.deepEqual(seen, [false, caller, undefined, false])
  assert.equal(call.signal.aborted, true)
})

test('a service may start itself again: nothing waits, so there is no circle', async () => {
  let runs = 0
  const again: Service = service({
    handle: ({ invokeAsync }) => {
      if (++runs < 3) invokeAsync('again')
    },
  })
  const kernel = kernelOf({ again })
  await kernel.invoke(again, undefined)
  await kernel.close()
  assert.equal(runs, 3)
})
