import { isDeepStrictEqual } from 'node:util'
import type { CallContext, Invocable, Invoke, InvokeAsync } from './call-context.ts'
import type { Caller } from './caller.ts'
import { anonymous } from './caller.ts'
import type { Clock } from './clock.ts'
import type { HttpSide } from './http-side.ts'
import type { Logger } from './logger.ts'
import { Scope } from './scope.ts'

/** What a channel knows of a call before it begins. */
export interface Origin {
  readonly cid: string
  readonly caller?: Caller | undefined
  readonly http?: HttpSide | undefined
  /** Calls the listener when nobody waits for the answer any more. */
  readonly onAbort?: ((listener: () => void) => void) | undefined
}

interface Named {
  readonly name: string
}

/** What a call needs of the kernel that runs it. */
export interface CallHost {
  readonly clock: Clock
  readonly log: Logger
  readonly invokeWithin: (call: CallState, target: string | Invocable, input: unknown) => Promise<unknown>
  readonly invokeLater: (call: CallState, target: string | Invocable, input: unknown) => string
}

const deepest = 100

/**
 * A call while it runs. Everything beyond its identity is made when it is first asked for. Its own state is private
 * (`#`), because the values of providers become properties of the same object under names that users choose.
 */
export class CallState implements CallContext {
  readonly #host: CallHost
  readonly #entry: Named
  readonly #origin: Origin
  readonly #parent: CallState | undefined
  readonly #root: CallState
  #scope: Scope | undefined
  #log: Logger | undefined
  #abort: AbortController | undefined
  input: unknown

  constructor(host: CallHost, entry: Named, origin: Origin, parent?: CallState) {
    this.#host = host
    this.#entry = entry
    this.#origin = origin
    this.#parent = parent
    this.#root = parent === undefined ? this : parent.#root
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
    this.#log ??= this.#host.log.child({ cid: this.cid, service: this.service })
    return this.#log
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

  get invoke(): Invoke {
    return ((target: never, input?: unknown) => this.#host.invokeWithin(this, target, input)) as Invoke
  }

  get invokeAsync(): InvokeAsync {
    return ((target: never, input?: unknown) => this.#host.invokeLater(this, target, input)) as InvokeAsync
  }

  /** A call of another service (or of a provider's maker) inside this one. */
  static within(call: CallState, entry: Named): CallState {
    return new CallState(call.#host, entry, call.#origin, call)
  }

  /** A context of its own for making a provider's value, so that what that one uses does not show in the call. */
  static sibling(call: CallState): CallState {
    return new CallState(call.#host, call.#entry, call.#origin, call)
  }

  /** The providers' values of the whole call, shared with all that it invokes. */
  static scope(call: CallState): Scope {
    call.#root.#scope ??= new Scope()
    return call.#root.#scope
  }

  /** The same, if there are any to dispose of. */
  static openScope(call: CallState): Scope | undefined {
    return call.#root.#scope
  }

  /** Why the call may not wait for this service with this input; nothing when it may. */
  static refusal(call: CallState, entry: Named, input: unknown): string | undefined {
    const chain: string[] = [entry.name]
    for (let each: CallState | undefined = call; each !== undefined; each = each.#parent) {
      chain.unshift(each.service)
      if (chain.length > deepest) {
        return `${entry.name} is refused: ${deepest} services already wait for each other in call ${call.cid}`
      }
      if (each.#entry === entry && isDeepStrictEqual(each.input, input)) {
        return `${entry.name} would wait for itself for ever: ${chain.join(' -> ')}`
      }
    }
    return undefined
  }
}
