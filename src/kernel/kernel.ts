import { inspect } from 'node:util'
import type { FindingPlace } from '../schema/finding.ts'
import type { PlaceOf, UnknownPolicy } from '../schema/input-model.ts'
import { finishCall } from './after-call.ts'
import { createBackground } from './background.ts'
import type { Invocable } from './call-context.ts'
import { CallState, type Origin } from './call-state.ts'
import { type Awaitable, isPromise, whenReady } from './chain.ts'
import { newCid } from './cid.ts'
import { type Clock, systemClock } from './clock.ts'
import { InvocationError } from './invocation-error.ts'
import type { ItemStream } from './item-stream.ts'
import type { Logger } from './logger.ts'
import { silentLogger } from './logger.ts'
import { isOpen, leaveUnread, streamOf, withStream } from './open-output.ts'
import type { Run } from './pipeline.ts'
import { isProblem, type Problem, problem } from './problem.ts'
import { createRegistry, type RegisteredService, type Registry } from './registry.ts'
import { Scope } from './scope.ts'
import type { After, Before } from './service.ts'
import type { ServiceTree } from './service-names.ts'

export interface KernelOptions {
  readonly services: ServiceTree
  readonly clock?: Clock | undefined
  readonly log?: Logger | undefined
  /** Makes the cids of calls that bring none. */
  readonly newCid?: (() => string) | undefined
  /** What becomes of undeclared members of inputs, where a service does not say; `strip` by default. */
  readonly unknown?: UnknownPolicy | undefined
  /** Runs before the `before` of every service. */
  readonly before?: readonly Before[] | undefined
  /** Runs after the `after` of every service. */
  readonly after?: readonly After[] | undefined
  /** Values or providers that take the place of those which services use under the same name. */
  readonly use?: Readonly<Record<string, unknown>> | undefined
  /** Checks each output against its model, as in development and tests. */
  readonly checkOutput?: boolean | undefined
}

/** Runs the services of an app; channels bring the calls. */
export interface Kernel extends Registry {
  readonly clock: Clock
  readonly log: Logger
  readonly newCid: () => string
  /** Begins a call that comes from a channel. */
  readonly begin: (entry: RegisteredService, origin: Origin) => CallState
  /** Runs a call that came by a channel, from its raw input to its output, and disposes of what it was provided with. */
  readonly run: (
    entry: RegisteredService,
    call: CallState,
    raw: unknown,
    placeOf: (member?: string) => FindingPlace,
  ) => unknown
  /** Does what a call has left to be done behind its reply; its work only when it succeeded. */
  readonly finish: (call: CallState, succeeded: boolean) => void
  /** What the caller may know of an error: a problem as it is, anything else as `internal_error`, after logging it. */
  readonly problemOf: (error: unknown, origin: { readonly cid: string }, service?: string) => Problem
  /** Calls a service from outside of any call. @throws Problem */
  readonly invoke: (target: string | Invocable, input: unknown, origin?: Partial<Origin>) => Promise<unknown>
  readonly invokeWithin: (call: CallState, target: string | Invocable, input: unknown) => Promise<unknown>
  readonly invokeLater: (call: CallState, target: string | Invocable, input: unknown) => string
  /**
   * Ends the streams that it has handed out, waits for background calls, but at most `deadline` milliseconds, then disposes of the providers that last as long as
   * the app; returns the number of background calls that had not finished.
   */
  readonly close: (options?: { readonly deadline?: number }) => Promise<number>
}

const asInput = (): FindingPlace => 'input'

/**
 * Makes a kernel.
 *
 * @throws StartupError with every reason why the app cannot start.
 */
export function createKernel(options: KernelOptions): Kernel {
  const clock = options.clock ?? systemClock
  const log = options.log ?? silentLogger
  const appScope = new Scope('the app has closed, and provides nothing more')
  const registry = createRegistry({
    ...options,
    appScope,
    appContext: { log, time: clock },
    checkOutput: options.checkOutput ?? false,
  })
  const background = createBackground()
  const streams = new Set<ItemStream>()
  let closing: Promise<number> | undefined

  const kernel: Kernel = {
    ...registry,
    clock,
    log,
    newCid: options.newCid ?? newCid,
    begin: (entry, origin) => new CallState(kernel, entry, origin),
    run: (entry, call, raw, placeOf) => whole(entry.answer, call, raw, placeOf),
    finish: (call, succeeded) => {
      const after = CallState.takeAfter(call)
      if (after === undefined) return
      const { cid, service } = call
      const report = (error: unknown): void =>
        log.error({ cid, service, err: error }, `work of ${service} behind its reply failed: ${textOf(error)}`)
      background.add(finishCall(after, succeeded, report))
    },
    problemOf: (error, { cid }, service) => {
      if (isProblem(error)) {
        if (error.status >= 500) log.error({ cid, service, err: error }, error.message)
        else if (error.cause !== undefined) log.info({ cid, service, err: error }, error.message)
        return error
      }
      log.error({ cid, service, err: error }, `${service ?? 'a call'} failed: ${textOf(error)}`)
      return problem('internal_error', undefined, { cause: error })
    },
    invoke: async (target, input, origin) => {
      const entry = found(target)
      const call = kernel.begin(entry, { ...origin, cid: origin?.cid ?? kernel.newCid() })
      let succeeded = false
      let ended = true
      try {
        const output = await whole(entry.run, call, input, asInput)
        succeeded = true
        const stream = streamOf(output)
        if (stream !== undefined) {
          ended = false
          stream.atEnd(({ ok }) => kernel.finish(call, ok))
        }
        return output
      } finally {
        if (ended) kernel.finish(call, succeeded)
      }
    },
    invokeWithin: async (call, target, input) => {
      const entry = found(target)
      return entry.run(CallState.within(call, entry), input, asInput)
    },
    invokeLater: (call, target, input) => {
      const entry = found(target)
      const { cid, caller, trace } = call
      const done = Promise.resolve()
        .then(() => kernel.invoke(entry.service, input, { cid, caller, trace }))
        .then(leaveUnread)
        .catch((error: unknown) =>
          log.error({ cid, service: entry.name, err: error }, `${entry.name}, started by ${call.service}, failed`),
        )
      background.add(done)
      return cid
    },
    close: ({ deadline } = {}) => {
      closing ??= end(deadline)
      return closing
    },
  }
  return kernel

  /** Runs a whole call, and disposes of what it was provided with. */
  function whole(run: Run, call: CallState, raw: unknown, placeOf: PlaceOf): unknown {
    let output: unknown
    try {
      output = run(call, raw, placeOf)
    } catch (error) {
      return fail(call, error)
    }
    if (output instanceof Promise)
      return output.then(
        (value) => settle(call, value),
        (error) => fail(call, error),
      )
    return settle(call, output)
  }

  /** Ends the call: at once, or where its output is a stream, with that. */
  function settle(call: CallState, output: unknown): unknown {
    if (!isOpen(output)) return release(call, output)
    return withStream(output, (stream) => {
      streams.add(stream)
      stream.atEnd(() => void streams.delete(stream))
      stream.atEnd((outcome) => (outcome.ok ? release(call, undefined) : fail(call, outcome.error)) as Awaitable<void>)
      stream.onLeft = (ended) => {
        CallState.abort(call, 'nobody waits for the stream any more')
        background.add(ended.catch((error: unknown) => void kernel.problemOf(error, call, call.service)))
      }
    })
  }

  async function end(deadline: number | undefined): Promise<number> {
    // Whoever has one of them may never ask for its end.
    for (const stream of streams) void stream.return().catch(() => {})
    const unfinished = await background.settle(deadline)
    await appScope.close()
    return unfinished
  }

  function fail(call: CallState, error: unknown): unknown {
    const scope = CallState.end(call)
    if (scope === undefined) throw error
    const rethrow = (): never => {
      throw error
    }
    const report = (failure: unknown): never => {
      const { cid, service } = call
      const what = `${service} had failed, and what it was provided with could not be disposed of`
      log.error({ cid, service, err: failure }, `${what}: ${textOf(failure)}`)
      throw error
    }
    let closed: Awaitable<void>
    try {
      // Disposers ask whether there is an error: nothing that is thrown may look like none, or they would commit.
      closed = scope.close(error || new Error(`the call failed with ${textOf(error)}`))
    } catch (failure) {
      return report(failure)
    }
    return isPromise(closed) ? closed.then(rethrow, report) : rethrow()
  }

  function found(target: string | Invocable): RegisteredService {
    const entry = registry.find(target)
    if (entry !== undefined) return entry
    const name = typeof target === 'string' ? target : (target.name ?? 'without a name')
    const known = registry.services.map((each) => each.name).filter((each) => !each.startsWith('trestle.'))
    throw new InvocationError(`there is no service ${name} in this app: ${known.join(', ')}`)
  }
}

function release(call: CallState, output: unknown): unknown {
  const scope = CallState.end(call)
  return scope === undefined ? output : whenReady(scope.close(), () => output)
}

/** What was thrown, as text, whatever it is. */
function textOf(error: unknown): string {
  if (error instanceof Error) return error.message
  return typeof error === 'string' ? error : inspect(error, { customInspect: false })
}
