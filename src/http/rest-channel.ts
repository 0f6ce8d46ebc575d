import type { Channel } from '../kernel/channel.ts'
import type { ChannelDefaults } from '../kernel/service.ts'
import { paramNames } from './route/path-pattern.ts'

/** The parts of a request that text inputs come from, beside the path. */
export type Place = 'query' | 'header' | 'cookie' | 'body'

/** Where a member of the input comes from, and under which name if that is not the member's own. */
export type Source = Place | { readonly in: Place; readonly name: string }

/** The names between braces in a path template. */
export type PathParam<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParam<Rest>
  : never

/** What a REST channel may declare, and what {@link rest} sets for many. */
export interface RestDefaults {
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
export interface RestOptions<Sources> extends RestDefaults {
  /**
   * Where members of the input come from that are not in the path. Without it they come from the query for GET, HEAD,
   * DELETE and OPTIONS, and from the JSON body for the other methods. A header member is sent with `-` for `_`.
   */
  readonly in?: Sources
}

/** The methods that a channel may have; `*` stands for all of them. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'QUERY' | 'HEAD' | 'OPTIONS' | '*'

/** A channel that answers requests of one method to one path. */
export interface RestChannel<out Param extends string = string> extends Channel<Param> {
  /** Tells REST channels from others. */
  readonly kind: 'rest'
  /** The method; `*` for all. */
  readonly method: Method
  /** The path template, such as `/users/{id}`. */
  readonly path: string
  /** What was declared beside the path. */
  readonly options: RestOptions<Readonly<Record<string, Source>>>
}

/** Makes channels of one method. */
export type MakeChannel = <
  const Path extends string,
  const Sources extends Readonly<Record<string, Source>> = Record<never, never>,
>(
  path: Path,
  options?: RestOptions<Sources>,
) => RestChannel<PathParam<Path> | (keyof Sources & string)>

const makerOf = (method: Method): MakeChannel =>
  (<Path extends string>(path: Path, options: RestChannel['options'] = {}): RestChannel => ({
    kind: 'rest',
    method,
    path,
    options,
    address: `${method === '*' ? 'ANY' : method} ${path}`,
    params: paramNames(path).concat(Object.keys(options.in ?? {})),
  })) as MakeChannel

/**
 * A channel for GET, and for HEAD with it.
 *
 * ```ts
 * get('/users/{id}').address // => 'GET /users/{id}'
 * get('/users/{id}').params // => ['id']
 * ```
 */
export const get: MakeChannel = makerOf('GET')
/**
 * A channel for POST.
 *
 * ```ts
 * post('/users', { status: 201 }).address // => 'POST /users'
 * ```
 */
export const post: MakeChannel = makerOf('POST')
/**
 * A channel for PUT.
 *
 * ```ts
 * put('/users/{id}').address // => 'PUT /users/{id}'
 * ```
 */
export const put: MakeChannel = makerOf('PUT')
/**
 * A channel for PATCH (RFC 5789).
 *
 * ```ts
 * patch('/users/{id}').address // => 'PATCH /users/{id}'
 * ```
 */
export const patch: MakeChannel = makerOf('PATCH')
/**
 * A channel for DELETE.
 *
 * ```ts
 * del('/users/{id}').address // => 'DELETE /users/{id}'
 * ```
 */
export const del: MakeChannel = makerOf('DELETE')
/**
 * A channel for QUERY, a safe request with a body (RFC 10008).
 *
 * ```ts
 * query('/users/search').address // => 'QUERY /users/search'
 * ```
 */
export const query: MakeChannel = makerOf('QUERY')
/**
 * A channel for HEAD alone; a GET channel answers HEAD by itself.
 *
 * ```ts
 * head('/users/{id}').address // => 'HEAD /users/{id}'
 * ```
 */
export const head: MakeChannel = makerOf('HEAD')
/**
 * A channel for OPTIONS; every path answers it with `Allow` by itself.
 *
 * ```ts
 * options('/users').address // => 'OPTIONS /users'
 * ```
 */
export const options: MakeChannel = makerOf('OPTIONS')
/**
 * A channel for GET, POST, PUT, PATCH, DELETE and QUERY alike, for clients that cannot choose.
 *
 * ```ts
 * any('/run').address // => 'ANY /run'
 * ```
 */
export const any: MakeChannel = makerOf('*')

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
export function rest(defaults: RestDefaults): ChannelDefaults {
  return { kind: 'rest', defaults }
}

/** Whether a channel is a REST channel. */
export function isRestChannel(channel: Channel): channel is RestChannel {
  return channel.kind === 'rest'
}
