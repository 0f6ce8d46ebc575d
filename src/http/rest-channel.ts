import type { AccessSettings } from '../kernel/access-settings.ts'
import type { Channel } from '../kernel/channel.ts'
import type { ChannelDefaults } from '../kernel/service.ts'
import type { CacheControlSettings } from './cache/cache-control.ts'
import type { CacheSettings } from './cache/cache-settings.ts'
import type { CompressSettings } from './compress/compress-settings.ts'
import type { ConditionalSettings } from './conditional/conditional-settings.ts'
import type { CookieSettings } from './cookies/cookie-settings.ts'
import type { CorsSettings } from './cors/settings.ts'
import type { DocumentationSettings } from './describe/documentation-settings.ts'
import type { ServerTimingSettings } from './edge/server-timing-settings.ts'
import type { ErrorSettings } from './errors/error-settings.ts'
import type { UploadSettings } from './forms/upload-settings.ts'
import type { IdempotencySettings } from './idempotency/idempotency-settings.ts'
import type { InputSettings } from './input/settings.ts'
import type { PreferSettings } from './prefer/settings.ts'
import type { LocationSettings } from './reply/location-settings.ts'
import type { RepresentationSettings } from './represent/representation-settings.ts'
import { paramNames } from './route/path-pattern.ts'
import { prefixed } from './route/prefix.ts'
import type { RouteSettings } from './route/route-settings.ts'
import type { StreamSettings } from './stream/stream-settings.ts'
import { type ChannelVersion, inPath } from './versions/version-settings.ts'

/** The parts of a request that text inputs come from, beside the path. */
export type Place = 'query' | 'header' | 'cookie' | 'body'

/**
 * Where a member of the input comes from, and under which name if that is not the member's own. A `signed` cookie counts
 * only when one of the app's `cookieSecrets` has signed it.
 */
export type Source = Place | { readonly in: Place; readonly name: string; readonly signed?: boolean }

/** The names between braces in a path template. */
export type PathParam<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Spanning}*` ? Spanning : Name) | PathParam<Rest>
  : never

/** What a REST channel may declare, and what {@link rest} sets for many. */
export interface RestDefaults
  extends AccessSettings,
    InputSettings,
    CacheSettings,
    CacheControlSettings,
    CompressSettings,
    ConditionalSettings,
    IdempotencySettings,
    PreferSettings,
    UploadSettings,
    CookieSettings,
    CorsSettings,
    LocationSettings,
    RepresentationSettings,
    RouteSettings,
    ServerTimingSettings,
    StreamSettings,
    ErrorSettings {
  /** The status of a success; 200, or 204 when there is nothing to send, if it is not given. */
  readonly status?: number
  /** Headers that each success carries. */
  readonly headers?: Readonly<Record<string, string>>
  /** `meta` wraps successes as `{ meta: { cid, is_ok, timestamp }, data }`. */
  readonly envelope?: Envelope
  /** The largest body, in bytes; 1 MiB if neither channel nor app says otherwise. */
  readonly bodyLimit?: number
  /** Keeps the channel out of the API description. */
  readonly hidden?: boolean
}

/** How a success is wrapped: not at all, or as `{ meta: { cid, is_ok, timestamp }, data }`. */
export type Envelope = 'none' | 'meta'

/** What one REST channel declares beside its path. */
export interface RestOptions<Sources, Prefix extends string | false = string | false>
  extends RestDefaults,
    DocumentationSettings {
  /**
   * Where members of the input come from that are not in the path. Without it they come from the query for GET, HEAD,
   * DELETE and OPTIONS, and from the JSON body for the other methods. A header member is sent with `-` for `_`.
   */
  readonly in?: Sources
  /** Goes in front of the path, behind the prefixes of app, base and groups; `false` leaves all of them out. */
  readonly prefix?: Prefix
}

/** The methods that a channel may have; `*` stands for all of them. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'QUERY' | 'HEAD' | 'OPTIONS' | '*'

const implemented: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY', 'HEAD', 'OPTIONS'])

/** Whether a channel could answer the method at all (RFC 9110, 9.1). */
export function isImplemented(method: string): boolean {
  return implemented.has(method)
}

/** For the compiler: a channel as it was written, from which the type of a client follows. */
export interface RestAddress<
  out M extends Method = Method,
  out Outer extends string = string,
  out Own extends string | false = string | false,
  out Path extends string = string,
  out Sources = Readonly<Record<string, Source>>,
> {
  readonly method: M
  /** The prefixes of the groups, and the channel's own. */
  readonly prefixes: readonly [Outer, Own]
  readonly path: Path
  readonly in: Sources
}

/** A channel that answers requests of one method to one path. */
export interface RestChannel<out Param extends string = string, out At = RestAddress> extends Channel<Param> {
  /** Tells REST channels from others. */
  readonly kind: 'rest'
  /** The method; `*` for all. */
  readonly method: Method
  /** The path template, such as `/users/{id}`, with the prefix of its group. */
  readonly path: string
  /** What was declared beside the path. */
  readonly options: RestOptions<Readonly<Record<string, Source>>>
  /** The version of the API that it answers, once an app knows its channels; nothing where there are none. */
  readonly version?: ChannelVersion
  /** The settings of the groups that it is of, the outermost first, each with those outside it. */
  readonly groups?: readonly RestDefaults[]
  /** For the compiler alone: method, path and sources as literal types. */
  readonly at?: At
}

/** Makes channels of one method, below a prefix; what is implied is no member of the input. */
export type MakeChannel<M extends Method, Prefix extends string = '', Implied extends string = never> = <
  const Path extends string,
  const Sources extends Readonly<Record<string, Source>> = Record<never, never>,
  const Own extends string | false = '',
>(
  path: Path,
  options?: RestOptions<Sources, Own>,
) => RestChannel<
  Exclude<PathParam<`${Prefix}${Path}`>, Implied> | (keyof Sources & string),
  RestAddress<M, Prefix, Own, Path, Sources>
>

const makerOf = <M extends Method>(method: M): MakeChannel<M> =>
  (<Path extends string>(path: Path, options: RestChannel['options'] = {}): RestChannel => ({
    kind: 'rest',
    method,
    options,
    ...placedAt(method, prefixed(options.prefix, path), options),
  })) as MakeChannel<M>

/** What follows from the path of a channel. */
export function placedAt(
  method: Method,
  path: string,
  options: RestChannel['options'],
): Pick<RestChannel, 'path' | 'address' | 'params'> {
  const inTemplate = paramNames(path)
  const params = inPath(options.versions) ? inTemplate.filter((name) => name !== 'version') : inTemplate
  return {
    path,
    address: `${method === '*' ? 'ANY' : method} ${path}`,
    params: params.concat(Object.keys(options.in ?? {})),
  }
}

/**
 * A channel for GET, and for HEAD with it.
 *
 * ```ts
 * get('/users/{id}').address // => 'GET /users/{id}'
 * get('/users/{id}').params // => ['id']
 * ```
 */
export const get: MakeChannel<'GET'> = makerOf('GET')
/**
 * A channel for POST.
 *
 * ```ts
 * post('/users', { status: 201 }).address // => 'POST /users'
 * ```
 */
export const post: MakeChannel<'POST'> = makerOf('POST')
/**
 * A channel for PUT.
 *
 * ```ts
 * put('/users/{id}').address // => 'PUT /users/{id}'
 * ```
 */
export const put: MakeChannel<'PUT'> = makerOf('PUT')
/**
 * A channel for PATCH (RFC 5789).
 *
 * ```ts
 * patch('/users/{id}').address // => 'PATCH /users/{id}'
 * ```
 */
export const patch: MakeChannel<'PATCH'> = makerOf('PATCH')
/**
 * A channel for DELETE.
 *
 * ```ts
 * del('/users/{id}').address // => 'DELETE /users/{id}'
 * ```
 */
export const del: MakeChannel<'DELETE'> = makerOf('DELETE')
/**
 * A channel for QUERY, a safe request with a body (RFC 10008).
 *
 * ```ts
 * query('/users/search').address // => 'QUERY /users/search'
 * ```
 */
export const query: MakeChannel<'QUERY'> = makerOf('QUERY')
/**
 * A channel for HEAD alone; a GET channel answers HEAD by itself.
 *
 * ```ts
 * head('/users/{id}').address // => 'HEAD /users/{id}'
 * ```
 */
export const head: MakeChannel<'HEAD'> = makerOf('HEAD')
/**
 * A channel for OPTIONS; every path answers it with `Allow` by itself.
 *
 * ```ts
 * options('/users').address // => 'OPTIONS /users'
 * ```
 */
export const options: MakeChannel<'OPTIONS'> = makerOf('OPTIONS')
/**
 * A channel for GET, POST, PUT, PATCH, DELETE and QUERY alike, for clients that cannot choose.
 *
 * ```ts
 * any('/run').address // => 'ANY /run'
 * ```
 */
export const any: MakeChannel<'*'> = makerOf('*')

/** What {@link rest} takes. */
export interface RestBase<Prefix extends string | false> extends RestDefaults {
  /** Goes in front of each path, behind the prefix of the app and of the bases outside; `false` leaves those out. */
  readonly prefix?: Prefix
}

/** For the compiler: the prefix of a base. */
export interface PrefixMark<out Prefix> {
  readonly prefix?: Prefix
}

/**
 * Settings that all REST channels of a base share.
 *
 * ```ts
 * const created = service.with({ on: rest({ status: 201 }) })
 * const add = created({ name: 'add', on: post('/users'), handle: () => {} })
 * await using app = createApp({ services: [add] })
 * const reply = await app.fetch(new Request('http://localhost/users', { method: 'POST' }))
 * reply.status // => 201
 * ```
 */
export function rest<const Prefix extends string | false = ''>(
  defaults: RestBase<Prefix>,
): ChannelDefaults & PrefixMark<Prefix> {
  return { kind: 'rest', defaults }
}

/** Whether a channel is a REST channel. */
export function isRestChannel(channel: Channel): channel is RestChannel {
  return channel.kind === 'rest'
}
