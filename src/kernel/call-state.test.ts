import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import type { CallContext } from './call-context.ts'
import type { Origin } from './call-state.ts'
import type { Clock } from './clock.ts'
import type { HttpSide } from './http-side.ts'
import { createKernel, type KernelOptions } from './kernel.ts'
import { silentLogger } from './logger.ts'
import { type Service, service } from './service.ts'

/** Runs `look` inside a call, and in the services that it invokes. */
function inCall(
  look: (call: CallContext) => unknown,
  origin: Partial<Origin> = {},
  options: Partial<KernelOptions> = {},
): unknown {
  const target: Service = service({ name: 'target', handle: look as () => void })
  const other: Service = service({ name: 'other', handle: look as () => void })
  const kernel = createKernel({ ...options, services: [target, other] })
  const entry = kernel.find(target)
  assert.ok(entry)
  return kernel.run(entry, kernel.begin(entry, { cid: 'abc', ...origin }), undefined, () => 'body')
}

test('the signal aborts when the transport says that nobody waits any more, with an AbortError', () => {
  const listeners: (() => void)[] = []
  inCall(
    ({ signal }) => {
      let aborts = 0
      signal.addEventListener('abort', () => aborts++)
      assert.equal(signal.aborted, false)
      for (const listener of [...listeners, ...listeners]) listener()
      assert.equal(signal.aborted, true)
      assert.equal(signal.reason.name, 'AbortError')
      assert.equal(signal.reason.message, 'the client went away')
      assert.equal(aborts, 1)
    },
    { onAbort: (listener) => void listeners.push(listener) },
  )
})

test('the transport is not asked to tell of an abort unless the call looks at its signal', () => {
  let asked = 0
  const onAbort = (): void => void asked++
  inCall(() => {}, { onAbort })
  assert.equal(asked, 0)
  inCall((call) => assert.equal(call.signal, call.signal), { onAbort })
  assert.equal(asked, 1)
})

test('all that a call invokes shares its one signal', async () => {
  const signals = new Set<AbortSignal>()
  let asked = 0
  await inCall(
    async ({ signal, service, invoke }) => {
      signals.add(signal)
      if (service === 'target') await Promise.all([invoke('other'), invoke('other')])
    },
    { onAbort: () => void asked++ },
  )
  assert.equal(signals.size, 1)
  assert.equal(asked, 1)
})

test('a call that nobody can leave has a signal that never aborts', () => {
  inCall(({ signal }) => assert.equal(signal.aborted, false))
})

test('each line of the log has the cid and the service that wrote it', async () => {
  const lines: Record<string, unknown>[] = []
  const write = (line: string): void => void lines.push(JSON.parse(line))
  const look = async ({ log, service, invoke }: CallContext): Promise<void> => {
    log.info({ n: 1 }, 'text')
    if (service === 'target') await invoke('other')
  }
  await inCall(look, {}, { log: pino({ base: null, timestamp: false }, { write }) })
  assert.deepEqual(lines, [
    { level: 30, cid: 'abc', service: 'target', n: 1, msg: 'text' },
    { level: 30, cid: 'abc', service: 'other', n: 1, msg: 'text' },
  ])
})

test('a logger of its own is made for a call that logs, once, and for no other', () => {
  let children = 0
  const child = () => {
    children++
    return silentLogger
  }
  const log = { ...silentLogger, child }
  inCall(() => {}, {}, { log })
  assert.equal(children, 0)
  inCall((call) => assert.equal(call.log, call.log), {}, { log })
  assert.equal(children, 1)
})

test('the time is that of the clock which the app was given', () => {
  const clock: Clock = { now: () => new Date(0), elapsed: () => 5 }
  inCall(({ time }) => assert.equal(time, clock), {}, { clock })
})

test('the HTTP side is that of the transport', () => {
  // Nothing of it is looked at.
  const http = {} as HttpSide
  inCall((call) => assert.equal(call.http, http), { http })
  inCall((call) => assert.equal(call.http, undefined))
})

test('members can be taken out of the call, and still work', async () => {
  const taken: unknown[] = []
  await inCall(async (call) => {
    const { service, invoke, invokeAsync, log, signal } = call
    if (service === 'other') return
    log.info('text')
    taken.push(await invoke('other'), invokeAsync('other'), signal.aborted)
  })
  assert.deepEqual(taken, [undefined, 'abc', false])
})
