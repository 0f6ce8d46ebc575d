import type { InputModel, PlaceOf } from '../schema/input-model.ts'
import { Invalid } from '../schema/invalid.ts'
import type { OutputModel } from '../schema/output-model.ts'
import { CallState } from './call-state.ts'
import { type Awaitable, inOrder, isPromise, whenReady } from './chain.ts'
import type { FieldRules, RefuseFields } from './field-rules.ts'
import { ItemStream, isItemSource } from './item-stream.ts'
import { isMedia } from './media.ts'
import { problem } from './problem.ts'
import type { Uses } from './provided.ts'
import { type AppWide, provision } from './provision.ts'
import { lets, reasonOf } from './rule.ts'
import type { After, Before, Outcome, Service } from './service.ts'

/** Runs one service in a call, from the raw input to the projected output; a promise only when something waits. */
export type Run = (call: CallState, raw: unknown, placeOf: PlaceOf) => unknown

export interface PipelineParts extends AppWide {
  readonly service: Service
  readonly input: InputModel | undefined
  readonly output: OutputModel | undefined
  /** The model of each item, where the output is a stream. */
  readonly items?: OutputModel | undefined
  readonly before: readonly Before<never>[]
  readonly after: readonly After<never>[]
  readonly use: Uses
  /** Whether it asks who may call, as for calls that come by a channel. */
  readonly guarded?: boolean
  /** Who may see single members of what leaves, for a pipeline that is guarded. */
  readonly readable?: FieldRules | undefined
  /** Who may set single members of what comes in, for a pipeline that is guarded. */
  readonly refuseFields?: RefuseFields | undefined
  /** Whether outputs are checked against their model, as in development and tests. */
  readonly checkOutput: boolean
}

/**
 * Compiles a service into one function: validate, providers, `before`, `handle`, `after`, project. A step that the
 * service does not have is not there, and nothing waits that need not wait.
 */
export function pipeline(parts: PipelineParts): Run {
  const { input, before, after } = parts
  const provide = provision(parts.use, parts)
  const handle = parts.service.handle as (call: CallState) => unknown
  const finish = completion(parts)

  const answer = (call: CallState): unknown => {
    const output = handle(call)
    // What a query builder and the like return is waited for too; from here on a promise is always a real one.
    return isPromise(output) ? Promise.resolve(output).then((value) => finish(call, value)) : finish(call, output)
  }
  const guarded =
    before.length === 0 ? answer : (call: CallState) => whenReady(runBefore(before, call), () => answer(call))
  const observed = after.length === 0 ? guarded : (call: CallState) => withAfter(after, call, guarded)
  const allowed = parts.guarded === true ? authorised(parts.service, observed) : observed
  const ready = provide === undefined ? allowed : (call: CallState) => whenReady(provide(call), () => allowed(call))

  const open =
    parts.service.incoming === undefined
      ? ready
      : (call: CallState) => {
          // Whoever invokes the service by itself has no messages for it.
          if (!('incoming' in call)) CallState.receive(call, nothing())
          return ready(call)
        }

  const proceed = (call: CallState, value: unknown): unknown => {
    if (value instanceof Invalid) throw CallState.refuseInput(call, value)
    call.input = value
    CallState.assertNoCircle(call)
    return open(call)
  }
  if (input === undefined) return (call) => proceed(call, undefined)
  const checked: Run = (call, raw, placeOf) => {
    const value = input.validate(raw, placeOf)
    return value instanceof Promise ? value.then((settled) => proceed(call, settled)) : proceed(call, value)
  }
  return parts.refuseFields === undefined ? checked : settable(parts.refuseFields, checked)
}

/** Refuses what sets members that its caller may not set. */
function settable(refuse: RefuseFields, run: Run): Run {
  return (call, raw, placeOf) => {
    const refused = refuse(raw, call.caller)
    if (refused !== undefined) throw refused
    return run(call, raw, placeOf)
  }
}

/** Asks the rule of the service, where it has one, before it goes on. */
function authorised({ allow }: Service, run: (call: CallState) => unknown): (call: CallState) => unknown {
  if (allow === undefined) return run
  return (call) =>
    whenReady(lets(allow, call.caller, call), (allowed) => {
      if (!allowed) throw problem('forbidden', reasonOf(allow, call.caller))
      return run(call)
    })
}

async function* nothing(): AsyncGenerator<never> {}

function runBefore(hooks: readonly Before<never>[], call: CallState): Awaitable<void> {
  return inOrder(hooks, (hook) => hook(call as never))
}

function withAfter(hooks: readonly After<never>[], call: CallState, run: (call: CallState) => unknown): unknown {
  const succeed = (output: unknown): unknown => {
    if (!(output instanceof ItemStream)) return runAfter(hooks, call, { ok: true, output })
    output.atEnd((outcome) => runAfter(hooks, call, outcome) as Awaitable<void>)
    return output
  }
  const fail = (error: unknown): unknown => runAfter(hooks, call, { ok: false, error })
  let output: unknown
  try {
    output = run(call)
  } catch (error) {
    return fail(error)
  }
  return output instanceof Promise ? output.then(succeed, fail) : succeed(output)
}

/** Tells the hooks of the outcome, one after another; what one of them throws is the outcome for those after it. */
function runAfter(hooks: readonly After<never>[], call: CallState, outcome: Outcome, from: number = 0): unknown {
  const hook = hooks[from]
  if (hook === undefined) {
    if (outcome.ok) return outcome.output
    throw outcome.error
  }
  const goOn = (): unknown => runAfter(hooks, call, outcome, from + 1)
  const fail = (error: unknown): unknown => runAfter(hooks, call, { ok: false, error }, from + 1)
  let told: unknown
  try {
    told = hook(call as never, outcome)
  } catch (error) {
    return fail(error)
  }
  return isPromise(told) ? Promise.resolve(told).then(goOn, fail) : goOn()
}

function completion(parts: PipelineParts): (call: CallState, value: unknown) => unknown {
  const finish = parts.items !== undefined ? streamed(parts, parts.items) : whole(parts)
  return (call, value) => (isMedia(value) ? value : finish(call, value))
}

function whole(parts: PipelineParts): (call: CallState, value: unknown) => unknown {
  return parts.output === undefined ? undeclared(parts) : declared(parts, parts.output)
}

function streamed(parts: PipelineParts, items: OutputModel): (call: CallState, value: unknown) => ItemStream {
  const leave = declared(parts, items)
  return (call, value) => {
    if (isItemSource(value)) return new ItemStream(value, (item) => leave(call, item))
    throw new TypeError(`${call.service} returned no iterable, but its output is a stream: make its handle a generator`)
  }
}

function declared(parts: PipelineParts, output: OutputModel): (call: CallState, value: unknown) => unknown {
  const leave = projected(parts, output)
  const { readable } = parts
  if (readable === undefined) return leave
  return (call, value) =>
    whenReady(leave(call, value), (left) => {
      const denied = readable.denied(call.caller)
      return denied === undefined ? left : readable.without(left, denied)
    })
}

function projected({ checkOutput }: PipelineParts, output: OutputModel): (call: CallState, value: unknown) => unknown {
  const project = output.project ?? ((value: unknown) => value)
  if (!checkOutput) return (_call, value) => project(value)
  return (call, value) =>
    whenReady(output.check(value), (findings) => {
      if (findings.length > 0) {
        const detail = `${call.service} returned what its output model does not allow`
        throw problem('invalid_output', detail, { findings })
      }
      const dropped = output.undeclared(value)
      if (dropped.length > 0) call.log.debug({ dropped }, 'fields that the output model does not declare were left out')
      return project(value)
    })
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
