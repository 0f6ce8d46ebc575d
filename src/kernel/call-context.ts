import type { Schema } from '../schema/schema.ts'
import type { Caller } from './caller.ts'
import type { Awaitable } from './chain.ts'
import type { Clock } from './clock.ts'
import type { HttpSide } from './http-side.ts'
import type { Logger } from './logger.ts'
import type { NoUses, Provided } from './provided.ts'
import type { Trace } from './trace.ts'

/** What every call has, whatever its service and channel. */
export interface CallContext {
  /** The correlation id: in every reply, log line and error of this call and of all that it invokes. */
  readonly cid: string
  /** The name of the service that runs. */
  readonly service: string
  /** Who is calling; the anonymous caller on a channel that asks for no credentials. */
  readonly caller: Caller
  /** Logs with the cid and the service's name on each line. */
  readonly log: Logger
  /** The clock of the app: read the time here, so that a test can set it. */
  readonly time: Clock
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  /** The HTTP side, when the call came over HTTP. */
  readonly http: HttpSide | undefined
  /** Where the call stands in a trace that spans several systems (W3C Trace Context); made when it is first asked for. */
  readonly trace: Trace
  /** Runs another service inside this call, and waits for its output. */
  readonly invoke: Invoke
  /** Starts another service, and does not wait for it. */
  readonly invokeAsync: InvokeAsync
  /**
   * Runs work when the reply has left, in order; not when the call fails. Its failure is logged, and a graceful stop
   * waits for it.
   */
  readonly afterReply: (work: () => Awaitable<void>) => void
}

/** What invoking a service needs to know of it: its name, and for the compiler its input and output. */
export interface Invocable<in Input = never, out Output = unknown> {
  readonly name: string | undefined
  readonly input: Schema | undefined
  readonly types?: (input: Input) => Output
}

/** What `handle` is given: the call, its validated input, and the values of the providers that the service uses. */
export type Call<Input = unknown, Use = NoUses> = CallContext & { readonly input: Input } & Provided<Use>

/** What is given to a service that is invoked: nothing need be where its input may be undefined. */
export type InvokeArguments<S> =
  S extends Invocable<infer Input> ? (undefined extends Input ? [input?: Input] : [input: Input]) : [input?: unknown]

/** What a service that is invoked gives back; nothing is known of one that is invoked by its name. */
export type InvokeResult<S> = S extends Invocable<never, infer Output> ? Output : unknown

/**
 * Runs another service inside this call, with the same cid, caller and call-scoped providers, and waits for its output.
 *
 * ```ts
 * const double = service({
 *   name: 'double',
 *   input: z.object({ count: z.int() }),
 *   output: z.int(),
 *   handle: ({ input }) => input.count * 2,
 * })
 * const four = service({
 *   name: 'four',
 *   output: z.int(),
 *   handle: ({ invoke }) => invoke(double, { count: 2 }),
 * })
 * await using app = createApp({ services: [double, four] })
 * await app.invoke(four) // => 4
 * ```
 *
 * A service whose output depends on invoking itself, alone or in a circle, writes down what its `handle` returns, as in
 * `async ({ input, invoke }): Promise<{ total: number }> => ...`: the compiler cannot find a type out from itself.
 *
 * @throws Problem whatever the other service raises.
 * @throws InvocationError when the input does not fit the other service's model, or it would wait for itself for ever.
 */
export type Invoke = <S extends string | Invocable>(
  service: S,
  ...input: InvokeArguments<S>
) => Promise<InvokeResult<S>>

/**
 * Starts another service with the same cid and returns that cid at once; its failure is logged, and a graceful stop
 * waits for it.
 *
 * @throws InvocationError when there is no such service.
 */
export type InvokeAsync = <S extends string | Invocable>(service: S, ...input: InvokeArguments<S>) => string
