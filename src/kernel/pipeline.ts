import type { InputModel, PlaceOf } from '../schema/input-model.ts'
import { Invalid } from '../schema/invalid.ts'
import type { OutputModel } from '../schema/output-model.ts'
import { CallState } from './call-state.ts'
import { type Awaitable, inOrder, isPromise } from './chain.ts'
import { Media } from './media.ts'
import { problem } from './problem.ts'
import type { Provider, Uses } from './provided.ts'
import type { Scope } from './scope.ts'
import type { After, Before, Outcome, Service } from './service.ts'

/** Runs one service in a call, from the raw input to the projected output; a promise only when something waits. */
export type Run = (call: CallState, raw: unknown, placeOf: PlaceOf) => unknown

export interface PipelineParts {
  readonly service: Service
  readonly input: InputModel | undefined
  readonly output: OutputModel | undefined
  readonly before: readonly Before<never>[]
  readonly after: readonly After<never>[]
  readonly use: Uses
  /** Where the values of providers live that last as long as the app. */
  readonly appScope: Scope
  readonly appContext: object
  /** Whether outputs are checked against their model, as in development and tests. */
  readonly checkOutput: boolean
}

/**
 * Compiles a service into one function: validate, providers, `before`, `handle`, `after`, project. A step that the
 * service does not have is not there, and nothing waits that need not wait.
 */
export function pipeline(parts: PipelineParts): Run {
  const { input, before, after } = parts
  const prepare = preparation(parts)
  const handle = parts.service.handle as (call: CallState) => unknown
  const finish = completion(parts)

  const answer = (call: CallState): unknown => {
    const output = handle(call)
    // What a query builder and the like return is waited for too; from here on a promise is always a real one.
    return isPromise(output) ? Promise.resolve(output).then((value) => finish(call, value)) : finish(call, output)
  }
  const guarded =
    before.length === 0 ? answer : (call: CallState) => afterwards(runBefore(before, call), () => answer(call))
  const observed = after.length === 0 ? guarded : (call: CallState) => withAfter(after, call, guarded)
  const ready = prepare === undefined ? observed : (call: CallState) => afterwards(prepare(call), () => observed(call))

  const proceed = (call: CallState, value: unknown): unknown => {
    if (value instanceof Invalid) throw problem('invalid_input', undefined, { findings: value.findings })
    call.input = value
    return ready(call)
  }
  if (input === undefined) return ready
  return (call, raw, placeOf) => {
    const value = input.validate(raw, placeOf)
    return value instanceof Promise ? value.then((settled) => proceed(call, settled)) : proceed(call, value)
  }
}

function afterwards(first: Awaitable<void>, next: () => unknown): unknown {
  return isPromise(first) ? first.then(next) : next()
}

function runBefore(hooks: readonly Before<never>[], call: CallState): Awaitable<void> {
  return inOrder(hooks, (hook) => hook(call as never))
}

async function withAfter(
  hooks: readonly After<never>[],
  call: CallState,
  run: (call: CallState) => unknown,
): Promise<unknown> {
  const tell = (outcome: Outcome): Awaitable<void> => inOrder(hooks, (hook) => hook(call as never, outcome))
  let output: unknown
  try {
    output = await run(call)
  } catch (error) {
    await tell({ ok: false, error })
    throw error
  }
  await tell({ ok: true, output })
  return output
}

function completion(parts: PipelineParts): (call: CallState, value: unknown) => unknown {
  const finish = parts.output === undefined ? undeclared(parts) : declared(parts, parts.output)
  return (call, value) => (value instanceof Media ? value : finish(call, value))
}

function declared({ checkOutput }: PipelineParts, output: OutputModel): (call: CallState, value: unknown) => unknown {
  const project = output.project ?? ((value: unknown) => value)
  if (!checkOutput) return (_call, value) => project(value)
  return async (call, value) => {
    const findings = await output.check(value)
    if (findings.length > 0) {
      const detail = `${call.service} returned what its output model does not allow`
      throw problem('invalid_output', detail, { findings })
    }
    const dropped = output.undeclared(value)
    if (dropped.length > 0) call.log.debug({ dropped }, 'fields that the output model does not declare were left out')
    return project(value)
  }
}

function undeclared({ checkOutput }: PipelineParts): (call: CallState, value: unknown) => undefined {
  return (call, value) => {
    if (checkOutput && value !== undefined) {
      call.log.warn(
        `${call.service} returned a value, but declares no output, so that nothing is sent: give it an 'output'`,
      )
    }
    return undefined
  }
}

function preparation({ use, appScope, appContext }: PipelineParts): ((call: CallState) => Awaitable<void>) | undefined {
  const wanted = Object.entries(use)
  if (wanted.length === 0) return
  const provide = (call: CallState, target: object, uses: readonly [string, Provider][]): Awaitable<void> =>
    inOrder(uses, ([name, provider]) => {
      const value = provided(call, provider)
      const set = (settled: unknown): void => void Reflect.set(target, name, settled)
      return isPromise(value) ? value.then(set) : set(value)
    })
  const provided = (call: CallState, provider: Provider): unknown => {
    const lasting = provider.scope === 'app'
    const scope = lasting ? appScope : CallState.scope(call)
    return scope.get(provider, () => {
      const context = lasting ? { ...appContext } : CallState.sibling(call)
      return afterwards(provide(call, context, Object.entries(provider.use)), () => provider.create(context as never))
    })
  }
  return (call) => provide(call, call, wanted)
}
