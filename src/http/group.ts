import { mergedSettings } from './merged-settings.ts'
import {
  any,
  del,
  get,
  head,
  type MakeChannel,
  options,
  patch,
  post,
  put,
  query,
  type RestChannel,
  type RestDefaults,
} from './rest-channel.ts'
import type { VersionStyle, Versions } from './versions/version-settings.ts'
import { type MakeWebSocketChannel, type WebSocketChannel, websocket } from './websocket/websocket-channel.ts'

/** What the channels of a group have in common. */
export interface GroupSettings<Prefix extends string, By extends VersionStyle>
  extends Omit<RestDefaults, 'prefix' | 'versions'> {
  /** Goes in front of each path; its parameters are members of the inputs, but for `{version}` of versions by path. */
  readonly prefix?: Prefix
  /** How requests name a version; `false` where there are none. */
  readonly versions?: Versions<By> | false
}

/** Makers of channels that share settings; {@link group} makes it. */
export interface Group<Prefix extends string = string, Implied extends string = never> {
  /** For GET, and for HEAD with it. */
  readonly get: MakeChannel<'GET', Prefix, Implied>
  /** For POST. */
  readonly post: MakeChannel<'POST', Prefix, Implied>
  /** For PUT. */
  readonly put: MakeChannel<'PUT', Prefix, Implied>
  /** For PATCH (RFC 5789). */
  readonly patch: MakeChannel<'PATCH', Prefix, Implied>
  /** For DELETE. */
  readonly del: MakeChannel<'DELETE', Prefix, Implied>
  /** For QUERY, a safe request with a body (RFC 10008). */
  readonly query: MakeChannel<'QUERY', Prefix, Implied>
  /** For HEAD alone. */
  readonly head: MakeChannel<'HEAD', Prefix, Implied>
  /** For OPTIONS. */
  readonly options: MakeChannel<'OPTIONS', Prefix, Implied>
  /** For GET, POST, PUT, PATCH, DELETE and QUERY alike. */
  readonly any: MakeChannel<'*', Prefix, Implied>
  /** For WebSocket (RFC 6455). */
  readonly websocket: MakeWebSocketChannel<Prefix, Implied>
  /** A group inside this one: prefixes join, headers and tags add up, of other settings the inner ones count. */
  readonly group: MakeGroup<Prefix, Implied>
}

/** Makes groups, inside another or by themselves. */
export type MakeGroup<Outer extends string = '', Known extends string = never> = <
  const Prefix extends string = '',
  const By extends VersionStyle = never,
>(
  settings: GroupSettings<Prefix, By>,
) => Group<`${Outer}${Prefix}`, Known | ('path' extends By ? 'version' : never)>

/**
 * Makers of channels that share a prefix and other settings. A service may have channels of several groups: one service,
 * several faces.
 *
 * ```ts
 * const admin = group({ prefix: '/admin', headers: { 'Cache-Control': 'no-store' } })
 * const users = admin.group({ prefix: '/users' })
 * users.get('/{id}').address // => 'GET /admin/users/{id}'
 * users.get('/{id}').options.headers // => { 'Cache-Control': 'no-store' }
 * ```
 */
export const group: MakeGroup = (settings) => groupOf([settings as RestDefaults]) as never

type Make = (path: string, own?: RestChannel['options']) => RestChannel | WebSocketChannel

const makers: Readonly<Record<string, Make>> = { get, post, put, patch, del, query, head, options, any, websocket }

function groupOf(layers: readonly RestDefaults[]): object {
  const settings = layers.at(-1) ?? {}
  const withSettings = Object.entries(makers).map(([name, make]) => [
    name,
    (...[path, own = {}]: Parameters<Make>) => ({ ...make(path, mergedSettings(settings, own)), groups: layers }),
  ])
  return {
    ...Object.fromEntries(withSettings),
    group: (inner: RestDefaults) => groupOf([...layers, mergedSettings(settings, inner)]),
  }
}
