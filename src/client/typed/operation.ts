import type { ServicesIn, TypedService, TypesOf } from './server.ts'

/** One method and path of an app: what its service takes and gives, and where the members of the input are placed. */
export interface Operation<
  out Method extends string = string,
  out Path extends string = string,
  out Input = unknown,
  out Output = unknown,
  out Sources = unknown,
> {
  readonly method: Method
  readonly path: Path
  readonly input: Input
  readonly output: Output
  readonly in: Sources
}

/** A REST channel as the type of a client sees it. */
interface TypedChannel {
  readonly kind: 'rest'
  readonly at?: {
    readonly method: string
    readonly prefixes: readonly [string, string | false]
    readonly path: string
    readonly in: unknown
  }
}

/** Every operation of an app, or of modules of services, as a union. */
export type OperationsOf<Api> = OfServices<ServicesIn<TypesOf<Api>['services']>, TypesOf<Api>['prefix']>

type OfServices<Service, Prefix extends string | false> = Service extends TypedService
  ? Service['entrances'] extends ((on: infer On, bases: infer Bases) => void) | undefined
    ? OfChannels<EachOf<On>, PrefixIn<Prefix, Bases>, TypesIn<Service>>
    : never
  : never

type EachOf<On> = On extends readonly (infer Channel)[] ? Channel : On

interface Types<out Input, out Output> {
  readonly input: Input
  readonly output: Output
}

type TypesIn<Service> = Service extends { readonly types?: (input: infer Input) => infer Output }
  ? Types<Input, Output>
  : Types<unknown, unknown>

type OfChannels<
  Channel,
  Prefix extends string | false,
  T extends Types<unknown, unknown>,
> = Channel extends TypedChannel ? OfAddress<NonNullable<Channel['at']>, Prefix, T> : never

type OfAddress<
  At extends NonNullable<TypedChannel['at']>,
  Prefix extends string | false,
  T extends Types<unknown, unknown>,
> = Operation<
  At['method'],
  InFront<At['prefixes'][1] extends false ? '' : Prefix, Below<At['prefixes'], At['path']>>,
  T['input'],
  T['output'],
  At['in']
>

/** A path behind the prefixes of its groups and its own. */
type Below<Prefixes extends readonly [string, string | false], Path extends string> = Prefixes[1] extends false
  ? Path
  : InFront<Prefixes[0], InFront<Prefixes[1], Path>>

/** A path behind a prefix, as the server joins them. What is no literal is not known to the compiler, and left out. */
type InFront<Prefix extends string | false, Path extends string> = string extends Prefix
  ? Path
  : Prefix extends '' | false
    ? Path
    : Prefix extends `${infer Outer}/`
      ? `${Outer}${Path}`
      : Path extends '/'
        ? Prefix
        : `${Prefix}${Path}`

/** The prefix of an app and of the bases that a service was made with, the outermost first. */
type PrefixIn<Prefix extends string | false, Bases> = [Bases] extends [never]
  ? Prefix
  : Bases extends { readonly defaults?: infer Defaults; readonly outer?: infer Outer }
    ? Joined<PrefixIn<Prefix, Outer>, PrefixOf<EachOf<Defaults>>>
    : Prefix

type PrefixOf<Defaults> = [Defaults] extends [never]
  ? ''
  : Defaults extends { readonly prefix?: infer Prefix extends string | false }
    ? Prefix
    : ''

type Joined<Outer extends string | false, Inner extends string | false> = Inner extends ''
  ? Outer
  : Inner extends false
    ? ''
    : Outer extends '' | false
      ? Inner
      : InFront<Outer, Inner & string>
