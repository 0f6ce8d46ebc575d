import type { UnknownPolicy } from '../schema/input-model.ts'
import type { InferInput, InferOutput, Schema } from '../schema/schema.ts'
import type { Call, CallContext, Invocable } from './call-context.ts'
import type { Awaitable } from './chain.ts'
import type { Channel } from './channel.ts'
import type { Media } from './media.ts'
import { type OneOrMany, toList } from './one-or-many.ts'
import type { Thrown } from './problem.ts'
import type { NoUses, Provided, Uses } from './provided.ts'
import type { Rule } from './rule.ts'
import type { Streamed, StreamMark } from './stream.ts'

const brand: symbol = Symbol.for('trestle.service')

type AnySchema = Schema | undefined
type AnyOutput = Undecided | undefined

/** How a call ended, as `after` sees it. */
export type Outcome = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: unknown }

/** Runs before `handle`, with the validated input; throw a problem to refuse the call. */
export type Before<Use = NoUses> = (call: CallContext & { readonly input: unknown } & Provided<Use>) => Awaitable<void>

/** Runs after `handle`, also after a failure; what it throws takes the place of the outcome. */
export type After<Use = NoUses> = (
  call: CallContext & { readonly input: unknown } & Provided<Use>,
  outcome: Outcome,
) => Awaitable<void>

/** The names of the input's members: the only ones that a channel's address may take; any where no type is known. */
export type MemberOf<Input> = unknown extends Input ? string : Input extends object ? keyof Input & string : never

/** Settings that all channels of one kind share; a room makes them, such as `rest({ envelope: 'meta' })`. */
export interface ChannelDefaults {
  readonly kind: string
  readonly defaults: object
}

/** What services of one family share; see {@link ServiceMaker.with}. */
export interface ServiceBase<
  U extends Uses = Uses,
  Base extends Uses = NoUses,
  Defaults extends OneOrMany<ChannelDefaults> = OneOrMany<ChannelDefaults>,
> extends ServiceSettings<U, Base & U> {
  /** Settings of the services' channels, where the channels themselves do not say otherwise. */
  readonly on?: Defaults
}

/** For the compiler: what a base says of channels, and the base outside it. */
export interface Layer<out Defaults, out Outer> {
  readonly defaults?: Defaults
  readonly outer?: Outer
}

interface ServiceSettings<U extends Uses, Seen extends Uses> {
  /** Providers, by the name under which the call shows their values. */
  readonly use?: U
  /** Hooks that run before `handle`, in order, behind those of the app and the base. */
  readonly before?: Before<Seen> | readonly Before<Seen>[]
  /** Hooks that run after `handle`, in order, before those of the base and the app; also after a failure. */
  readonly after?: After<Seen> | readonly After<Seen>[]
  /** Groups the services in the documentation. */
  readonly tags?: readonly string[]
  /** What becomes of members that the input model does not declare: dropped (`strip`), refused, or handed on. */
  readonly unknown?: UnknownPolicy
  /** The problems that the service raises by itself, by code or as made by `defineProblem`; for the documentation. */
  readonly throws?: readonly Thrown[]
}

/** What `handle` returns: the output; where no model declares one there is none, but for a finished representation. */
type Returned<O, Item> = [Item] extends [never]
  ? O extends Schema
    ? typeof undecided extends keyof O
      ? Anything
      : InferOutput<O>
    : void | Media
  : Streamed<Item>

/**
 * The compiler looks at what a generator yields before it knows the items, and against this meanwhile, so that it keeps
 * literals as with {@link Anything}. No item is one of these.
 */
type Literally = AsyncGenerator<LiteralItem, void> | Generator<LiteralItem, void>

type LiteralItem = '' | 0 | ({ readonly [name: string]: Anything } & { readonly [undecided]: never })

/** What a service gives back to whoever invokes it. */
type Given<O, Item> = [Item] extends [never] ? InferOutput<O> : AsyncIterable<Item>

declare const undecided: unique symbol

/**
 * Any model. A handler without parameters is checked before the compiler knows the output model, and against this one
 * meanwhile: `Anything` makes it keep `'open'` as `'open'`, which it would widen to `string` if it saw `unknown`, and
 * then find to be none of the values of an enum.
 */
interface Undecided extends Schema {
  readonly [undecided]?: never
}

/** Anything, spelled out, so that each place in it may be a literal. */
type Anything =
  | ('' | (string & {}))
  | (0 | (number & {}))
  | (0n | (bigint & {}))
  | boolean
  | symbol
  | null
  | undefined
  | object
  | readonly Anything[]
  | { readonly [name: string]: Anything }

/** The messages of the client, as they come; only where the service declares them. */
export type Incoming<M> = M extends Schema ? { readonly incoming: AsyncIterable<InferOutput<M>> } : NoUses

/** A service as its author writes it. */
export interface ServiceOptions<
  I extends AnySchema,
  O extends AnyOutput,
  U extends Uses,
  Base extends Uses = NoUses,
  M extends AnySchema = undefined,
  Item = never,
  On extends OneOrMany<Channel<MemberOf<InferInput<I>>>> = OneOrMany<Channel<MemberOf<InferInput<I>>>>,
> extends ServiceSettings<U, Base & U> {
  /** Defaults to file and export, such as `employee.get-employee`. */
  readonly name?: string
  /** What it does, in one line. */
  readonly summary?: string
  /** What there is to say beyond the summary, in Markdown. */
  readonly description?: string
  /** Says in the documentation that callers should move on to something else. */
  readonly deprecated?: boolean
  /** The model of what a caller gives; nothing else reaches `handle`. */
  readonly input?: I
  /** The model of what leaves; what it does not declare never does, and without it nothing does. */
  readonly output?: O | StreamMark<Item>
  /** The model of each message that a client sends while the call runs, on a channel that carries messages. */
  readonly incoming?: M
  /** The entrances that invoke the service. */
  readonly on?: On
  /**
   * Who may call it, by whichever channel: rules about the caller are asked before the input is read, functions when it
   * is valid and all that the service uses is there. What services and the app itself invoke is not asked about.
   */
  readonly allow?: Rule<Call<InferOutput<I>, Base & U>>
  /** Does the work: takes the call, returns the output or a promise of it, throws a problem to refuse. */
  readonly handle: (
    call: Call<InferOutput<I>, Base & U> & Incoming<M>,
  ) => Awaitable<NoInfer<Returned<O, Item>>> | Literally
}

/**
 * A named unit of business logic: typed input, typed output, and `handle`. It knows no protocol. Its members are those of
 * {@link ServiceOptions}, with what its base shares put in.
 */
export interface Service<in Input = never, out Output = unknown, in On = never, in Bases = never>
  extends Invocable<Input, Output> {
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly deprecated: boolean
  readonly tags: readonly string[]
  readonly throws: readonly Thrown[]
  readonly unknown: UnknownPolicy | undefined
  readonly output: Schema | undefined
  readonly incoming: Schema | undefined
  readonly use: Uses
  readonly before: readonly Before<never>[]
  readonly after: readonly After<never>[]
  readonly channels: readonly Channel[]
  readonly channelDefaults: readonly ChannelDefaults[]
  readonly allow: Rule<never> | undefined
  readonly handle: (call: never) => unknown
  /** For the compiler alone: the channels as they were written, and what the bases say of them. */
  readonly entrances?: (on: On, bases: Bases) => void
}

/** Makes services that share a base. */
export interface ServiceMaker<Base extends Uses = NoUses, Bases = never> {
  <
    I extends AnySchema = undefined,
    O extends AnyOutput = undefined,
    U extends Uses = NoUses,
    M extends AnySchema = undefined,
    Item = never,
    const On extends OneOrMany<Channel<MemberOf<InferInput<I>>>> = never,
  >(
    options: ServiceOptions<I, O, U, Base, M, Item, On>,
  ): Service<InferInput<I>, Given<O, Item>, On, Bases>
  /**
   * A maker whose services share all this: providers and tags are added to theirs, hooks run around theirs, and
   * other settings are defaults.
   *
   * ```ts
   * const stockService = service.with({ tags: ['Stock'], throws: ['not_found'] })
   * const count = stockService({ name: 'count', tags: ['Reports'], handle: () => {} })
   * count.tags // => ['Stock', 'Reports']
   * ```
   */
  readonly with: <U extends Uses = NoUses, const Defaults extends OneOrMany<ChannelDefaults> = never>(
    base: ServiceBase<U, Base, Defaults>,
  ) => ServiceMaker<Base & U, Layer<Defaults, Bases>>
}

/** The settings of a base or a service, whatever its types. */
interface Settings {
  readonly use?: Uses
  readonly before?: OneOrMany<Before<never>> | undefined
  readonly after?: OneOrMany<After<never>> | undefined
  readonly tags?: readonly string[]
  readonly throws?: readonly Thrown[]
  readonly unknown?: UnknownPolicy
}

type Shared = Pick<Service, 'use' | 'before' | 'after' | 'tags' | 'throws' | 'unknown' | 'channelDefaults'>

function share(outer: Shared, inner: Settings): Shared {
  return {
    use: { ...outer.use, ...inner.use },
    before: [...outer.before, ...toList(inner.before)],
    // The innermost hook is the first to see the outcome.
    after: [...toList(inner.after), ...outer.after],
    tags: [...new Set([...outer.tags, ...(inner.tags ?? [])])],
    throws: [...new Set([...outer.throws, ...(inner.throws ?? [])])],
    unknown: inner.unknown ?? outer.unknown,
    channelDefaults: outer.channelDefaults,
  }
}

interface BaseSettings extends Settings {
  readonly on?: OneOrMany<ChannelDefaults> | undefined
}

function shareBase(outer: Shared, inner: BaseSettings): Shared {
  return { ...share(outer, inner), channelDefaults: [...outer.channelDefaults, ...toList(inner.on)] }
}

interface Definition extends Settings {
  readonly name?: string
  readonly summary?: string
  readonly description?: string
  readonly deprecated?: boolean
  readonly input?: Schema
  readonly output?: Schema
  readonly incoming?: Schema
  readonly on?: Channel | readonly Channel[]
  readonly allow?: Rule<never>
  readonly handle: (call: never) => unknown
}

function serviceMaker(base: Shared): ServiceMaker {
  const make = (definition: Definition): Service => {
    const { name, summary, description, deprecated = false, input, output, incoming, on, allow, handle } = definition
    const channels = toList<Channel>(on)
    const own = { name, summary, description, deprecated, input, output, incoming, channels, allow, handle }
    const made = { ...share(base, definition), ...own }
    return Object.freeze(Object.defineProperty(made, brand, { value: true }))
  }
  const maker: object = Object.assign(make, { with: (inner: BaseSettings) => serviceMaker(shareBase(base, inner)) })
  return maker as ServiceMaker
}

/**
 * Declares a service.
 *
 * ```ts
 * const greet = service({
 *   name: 'greet',
 *   input: z.object({ name: z.string() }),
 *   output: z.object({ greeting: z.string() }),
 *   on: get('/greet/{name}'),
 *   handle: ({ input }) => ({ greeting: `Hello ${input.name}` }),
 * })
 * await using app = createApp({ services: [greet] })
 * await app.invoke(greet, { name: 'Ada' }) // => { greeting: 'Hello Ada' }
 * ```
 */
export const service: ServiceMaker = serviceMaker({
  use: {},
  before: [],
  after: [],
  tags: [],
  throws: [],
  unknown: undefined,
  channelDefaults: [],
})

/** Whether the value is a service. */
export function isService(value: unknown): value is Service {
  return typeof value === 'object' && value !== null && brand in value
}

const origins = new WeakMap<Service, Service>()

/** The same service with more channels: whoever invokes the one invokes the other. */
export function withChannels(service: Service, channels: readonly Channel[]): Service {
  if (channels.length === 0) return service
  const made = { ...service, channels: [...service.channels, ...channels] }
  const whole = Object.freeze(Object.defineProperty(made, brand, { value: true }))
  origins.set(whole, originOf(service))
  return whole
}

/** The service that {@link withChannels} was given, or the service itself. */
export function originOf(service: Service): Service {
  return origins.get(service) ?? service
}
