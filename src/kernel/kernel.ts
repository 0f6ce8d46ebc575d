import type { FindingPlace } from '../schema/finding.ts'
import type { UnknownPolicy } from '../schema/input-model.ts'
import type { Invocable } from './call-context.ts'
import { CallState, type Origin } from './call-state.ts'
import { type Awaitable, isPromise } from './chain.ts'
import { newCid } from './cid.ts'
import { type Clock, systemClock } from './clock.ts'
import { InvocationError } from './invocation-error.ts'
import type { Logger } from './logger.ts'
import { silentLogger } from './logger.ts'
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
  /** Runs a call from its raw input to its output, and disposes of what it was provided with. */
  readonly run: (
    entry: RegisteredService,
    call: CallState,
    raw: unknown,
    placeOf: (member?: string) => FindingPlace,
  ) => unknown
  /** What the caller may know of an error: a problem as it is, anything else as `internal_error`, after logging it. */
  readonly problemOf: (error: unknown, origin: { readonly cid: string }, service?: string) => Problem
  /** Calls a service from outside of any call. @throws Problem */
  readonly invoke: (target: string | Invocable, input: unknown, origin?: Partial<Origin>) => Promise<unknown>
  readonly invokeWithin: (call: CallState, target: string | Invocable, input: unknown) => Promise<unknown>
  readonly invokeLater: (call: CallState, target: string | Invocable, input: unknown) => string
  /** Waits for background calls, then disposes of the providers that last as long as the app. */
  readonly close: () => Promise<void>
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
  const appScope = new Scope()
  const registry = createRegistry({
    ...options,
    appScope,
    appContext: { log, time: clock },
    checkOutput: options.checkOutput ?? false,
  })
  const background = new Set<Promise<unknown>>()

  const kernel: Kernel = {
    ...registry,
    clock,
    log,
    newCid: options.newCid ?? newCid,
    begin: (entry, origin) => new CallState(kernel, entry, origin),
    run: (entry, call, raw, placeOf) => {
      let output: unknown
      try {
        output = entry.run(call, raw, placeOf)
      } catch (error) {
        return fail(call, error)
      }
      if (output instanceof Promise)
        return output.then(
          (value) => release(call, value),
          (error) => fail(call, error),
        )
      return CallState.openScope(call) === undefined ? output : release(call, output)
    },
    problemOf: (error, { cid }, service) => {
      if (isProblem(error)) {
        if (error.status >= 500) log.error({ cid, service, err: error }, error.message)
        return error
      }
      log.error(
        { cid, service, err: error },
        `${service ?? 'a call'} failed: ${error instanceof Error ? error.message : String(error)}`,
      )
      return problem('internal_error', undefined, { cause: error })
    },
    invoke: async (target, input, origin) => {
      const entry = found(target)
      const call = kernel.begin(entry, { ...origin, cid: origin?.cid ?? kernel.newCid() })
      return kernel.run(entry, call, input, asInput)
    },
    invokeWithin: async (call, target, input) => {
      const entry = found(target)
      const refusal = CallState.refusal(call, entry, input)
      if (refusal !== undefined) throw new InvocationError(refusal)
      try {
        return await entry.run(CallState.within(call, entry), input, asInput)
      } catch (error) {
        throw ownFault(error, call.service, entry.name)
      }
    },
    invokeLater: (call, target, input) => {
      const entry = found(target)
      const { cid, caller } = call
      const done = Promise.resolve()
        .then(() => kernel.invoke(entry.service, input, { cid, caller }))
        .catch((error: unknown) =>
          log.error({ cid, service: entry.name, err: error }, `${entry.name}, started by ${call.service}, failed`),
        )
        .finally(() => background.delete(done))
      background.add(done)
      return cid
    },
    close: async () => {
      while (background.size > 0) await Promise.all(background)
      await appScope.close()
    },
  }
  return kernel

  function found(target: string | Invocable): RegisteredService {
    const entry = registry.find(target)
    if (entry !== undefined) return entry
    const name = typeof target === 'string' ? target : (target.name ?? 'without a name')
    throw new InvocationError(
      `there is no service ${name} in this app: ${registry.services.map((each) => each.name).join(', ')}`,
    )
  }
}

function release(call: CallState, output: unknown): unknown {
  const closed: Awaitable<void> | undefined = CallState.openScope(call)?.close()
  return isPromise(closed) ? closed.then(() => output) : output
}

function fail(call: CallState, error: unknown): unknown {
  const closed = CallState.openScope(call)?.close(error)
  if (isPromise(closed)) {
    return closed.then(
      () => Promise.reject(error),
      () => Promise.reject(error),
    )
  }
  throw error
}

/** Bad input given by one service to another is that service's fault; the client's own input is fine. */
function ownFault(error: unknown, from: string, to: string): unknown {
  if (!isProblem(error) || error.code !== 'invalid_input') return error
  return new InvocationError(`${from} invoked ${to} with an input that its model refuses`, error.findings)
}
