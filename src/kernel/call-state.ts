import { isDeepStrictEqual } from 'node:util'
import type { Invalid } from '../schema/invalid.ts'
import { AfterCall } from './after-call.ts'
import type { CallContext, Invocable, Invoke, InvokeAsync } from './call-context.ts'
import type { Caller } from './caller.ts'
import { anonymous } from './caller.ts'
import type { Awaitable } from './chain.ts'
import type { Clock } from './clock.ts'
import type { HttpSide } from './http-side.ts'
import { InvocationError } from './invocation-error.ts'
import type { Logger } from './logger.ts'
import { problem } from './problem.ts'
import type { Provider } from './provided.ts'
import { Scope } from './scope.ts'
import { sentTraceId, type Trace, traceOf } from './trace.ts'

/** What a channel knows of a call before it begins. */
export interface Origin {
  readonly cid: string
  readonly caller?: Caller | undefined
  readonly http?: HttpSide | undefined
  /** The trace of the call that started this one. */
  readonly trace?: Trace | undefined
  /** Calls the listener when nobody waits for the answer any more. */
  readonly onAbort?: ((listener: () => void) => void) | undefined
}

interface Named {
  readonly name: string
}

/** A provider whose value is being made, and the name under which it was asked for. */
interface Making extends Named {
  readonly provider: Provider
}

/** What a call needs of the kernel that runs it. */
export interface CallHost {
  readonly clock: Clock
  readonly log: Logger
  readonly invokeWithin: (call: CallState, target: string | Invocable, input: unknown) => Promise<unknown>
  readonly invokeLater: (call: CallState, target: string | Invocable, input: unknown) => string
}

const deepest = 100
const endOfCall = 'the call has ended, and is provided with nothing more: await all that a service invokes'
const ended = new Scope(endOfCall)
ended.close()

/**
 * A call while it runs. Everything beyond its identity is made when it is first asked for. Its own state is private
 * (`#`), because the values of providers become properties of the same object under names that users choose.
 */
export class CallState implements CallContext {
  readonly #host: CallHost
  readonly #entry: Named
  readonly #origin: Origin
  readonly #parent: CallState | undefined
  readonly #making: Making | undefined
  #scope: Scope | undefined
  #log: Logger | undefined
  #abort: AbortController | undefined
  #trace: Trace | undefined
  #after: AfterCall | undefined
  input: unknown

  constructor(host: CallHost, entry: Named, origin: Origin, parent?: CallState, making?: Making) {
    this.#host = host
    this.#entry = entry
    this.#origin = origin
    this.#parent = parent
    this.#making = making
    this.input = undefined
  }

  get cid(): string {
    return this.#origin.cid
  }

  get service(): string {
    return this.#entry.name
  }

  get caller(): Caller {
    return this.#origin.caller ?? anonymous
  }

  get http(): HttpSide | undefined {
    return this.#origin.http
  }

  get time(): Clock {
    return this.#host.clock
  }

  get log(): Logger {
    this.#log ??= this.#host.log.child({ cid: this.cid, service: this.service, ...this.#traceField })
    return this.#log
  }

  get trace(): Trace {
    const root = this.#root
    const { trace, http, cid } = root.#origin
    root.#trace ??= trace ?? traceOf(http?.headers.traceparent, http?.headers.tracestate, cid)
    return root.#trace
  }

  get #traceField(): { readonly trace_id: string } | undefined {
    const { trace, http } = this.#origin
    if (trace === undefined && http?.headers.traceparent === undefined) return undefined
    const id = trace?.traceId ?? sentTraceId(http?.headers.traceparent)
    return id === undefined ? undefined : { trace_id: id }
  }

  get signal(): AbortSignal {
    const root = this.#root
    if (root.#abort === undefined) {
      const abort = new AbortController()
      root.#abort = abort
      root.#origin.onAbort?.(() => abort.abort(new DOMException('the client went away', 'AbortError')))
    }
    return root.#abort.signal
  }

  /** What runs the call. */
  static hostOf(call: CallState): CallHost {
    return call.#host
  }

  /** Gives the call the messages of its client. */
  static receive(call: CallState, incoming: AsyncIterable<unknown>): void {
    Object.defineProperty(call, 'incoming', { value: incoming })
  }

  /** Aborts the signal of the whole call: nobody waits for it any more. */
  static abort(call: CallState, reason: string): void {
    void call.signal
    call.#root.#abort?.abort(new DOMException(reason, 'AbortError'))
  }

  get invoke(): Invoke {
    return ((target: never, input?: unknown) => this.#host.invokeWithin(this, target, input)) as Invoke
  }

  get invokeAsync(): InvokeAsync {
    return ((target: never, input?: unknown) => this.#host.invokeLater(this, target, input)) as InvokeAsync
  }

  get afterReply(): (work: () => Awaitable<void>) => void {
    return (work) => void CallState.#afterOf(this).work.push(work)
  }

  /** Hands the call something to dispose of when its reply has left and all work behind it is done. */
  static own(call: CallState, dispose: () => Awaitable<void>): void {
    CallState.#afterOf(call).owned.push(dispose)
  }

  /** Whether anything is left to be done behind the reply. */
  static hasMore(call: CallState): boolean {
    return call.#after !== undefined
  }

  /** What is left to be done behind the reply, for the one who does it: once, since work may add to it. */
  static takeAfter(call: CallState): AfterCall | undefined {
    const after = call.#after
    if (after === undefined || after.taken) return undefined
    after.taken = true
    return after
  }

  static #afterOf(call: CallState): AfterCall {
    const root = call.#root
    root.#after ??= new AfterCall()
    return root.#after
  }

  /** A call of another service inside this one. */
  static within(call: CallState, entry: Named): CallState {
    return new CallState(call.#host, entry, call.#origin, call)
  }

  /** A context of its own for making a provider's value, so that what that one uses does not show in the call. */
  static making(call: CallState, name: string, provider: Provider): CallState {
    return new CallState(call.#host, call.#entry, call.#origin, call, { name, provider })
  }

  /** The providers' values of the whole call, shared with all that it invokes. */
  static scope(call: CallState): Scope {
    const root = call.#root
    root.#scope ??= new Scope(endOfCall)
    return root.#scope
  }

  /** Ends a whole call: nothing more is provided to it, and what it was provided with is to be closed. */
  static end(call: CallState): Scope | undefined {
    const scope = call.#scope
    call.#scope = ended
    return scope
  }

  /** What a bad input is: the client's problem, or the mistake of the service that invoked this one with it. */
  static refuseInput(call: CallState, refused: Invalid): Error {
    const parent = call.#parent
    const { findings } = refused
    if (parent === undefined) return problem('invalid_input', undefined, { findings, refused })
    const message = `${parent.#title} invoked ${call.service} with an input that its model refuses`
    return new InvocationError(message, findings)
  }

  /** @throws InvocationError when a service may not run, because one that waits for it is the same with the same input. */
  static assertNoCircle(call: CallState): void {
    if (call.#parent === undefined) return
    const chain = [call.service]
    let services = 0
    for (let each: CallState | undefined = call.#parent; each !== undefined; each = each.#parent) {
      chain.unshift(each.#title)
      if (each.#making !== undefined) continue
      if (++services === deepest) {
        const message = `${call.service} is refused: ${deepest} services already wait for each other in call ${call.cid}`
        throw new InvocationError(message)
      }
      if (each.#entry === call.#entry && isDeepStrictEqual(each.input, call.input)) {
        throw new InvocationError(`${call.service} would wait for itself for ever: ${chain.join(' -> ')}`)
      }
    }
  }

  /** @throws InvocationError when the value that the call asks for is itself being made for the sake of this call. */
  static assertNotMaking(call: CallState, name: string, provider: Provider): void {
    if (call.#parent === undefined) return
    const chain = [`provider ${name}`]
    for (let each: CallState | undefined = call; each !== undefined; each = each.#parent) {
      chain.unshift(each.#title)
      if (each.#making?.provider !== provider) continue
      throw new InvocationError(`provider ${name} would wait for itself for ever: ${chain.join(' -> ')}`)
    }
  }

  /** The call that came from a channel, inside which all others run. */
  get #root(): CallState {
    let root: CallState = this
    while (root.#parent !== undefined) root = root.#parent
    return root
  }

  get #title(): string {
    return this.#making === undefined ? this.#entry.name : `provider ${this.#making.name}`
  }
}
