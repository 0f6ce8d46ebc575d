import type { Channel } from '../kernel/channel.ts'
import type { ChannelDefaults } from '../kernel/service.ts'

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

/** How a success is wrapped. */
export type Envelope = 'none' | 'meta'

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
  readonly kind: 'rest'
  readonly method: Method
  readonly path: string
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
    params: [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '').concat(Object.keys(options.in ?? {})),
  })) as MakeChannel

/** A channel for GET, and for HEAD with it: `get('/users/{id}')`. */
export const get: MakeChannel = makerOf('GET')
/** A channel for POST: `post('/users', { status: 201 })`. */
export const post: MakeChannel = makerOf('POST')
/** A channel for PUT: `put('/users/{id}')`. */
export const put: MakeChannel = makerOf('PUT')
/** A channel for PATCH: `patch('/users/{id}')`. */
export const patch: MakeChannel = makerOf('PATCH')
/** A channel for DELETE: `del('/users/{id}')`. */
export const del: MakeChannel = makerOf('DELETE')
/** A channel for QUERY, a safe request with a body (RFC 10008): `query('/users/search')`. */
export const query: MakeChannel = makerOf('QUERY')
/** A channel for HEAD alone; a GET channel answers HEAD by itself: `head('/users/{id}')`. */
export const head: MakeChannel = makerOf('HEAD')
/** A channel for OPTIONS; every path answers it with `Allow` by itself: `options('/users')`. */
export const options: MakeChannel = makerOf('OPTIONS')
/** A channel for GET, POST, PUT, PATCH, DELETE and QUERY alike, for clients that cannot choose: `any('/run')`. */
export const any: MakeChannel = makerOf('*')

/** Settings that all REST channels of a base share: `service.with({ on: rest({ envelope: 'meta' }) })`. */
export function rest(defaults: RestDefaults): ChannelDefaults {
  return { kind: 'rest', defaults }
}

/** Whether a channel is a REST channel. */
export function isRestChannel(channel: Channel): channel is RestChannel {
  return channel.kind === 'rest'
}
