import type { AccessSettings } from '../../kernel/access-settings.ts'
import type { Channel } from '../../kernel/channel.ts'
import { type PathParam, placedAt, type RestDefaults, type RestOptions, type Source } from '../rest-channel.ts'
import { prefixed } from '../route/prefix.ts'

/** How the conversations of a WebSocket channel are held. */
export interface WebSocketSettings {
  /**
   * Pages of other origins that may open it from a browser, such as `https://app.example.com`; `*` stands for all. Those
   * that `cors` names if it is not given, but for `*`, since browsers open it with the user's cookies.
   */
  readonly origins?: '*' | readonly string[]
  /** Sub-protocols that it speaks (RFC 6455, 1.9): of those that a client offers, the first of these is chosen. */
  readonly protocols?: readonly string[]
  /** The largest message from a client, in bytes; 1 MiB if it is not given. A larger one closes with 1009. */
  readonly messageLimit?: number
  /** How many messages a client may send in a second, and at once; any number if it is not given. More close with 1008. */
  readonly messageRate?: number
  /** How many connections may be open at once; any number if it is not given. More are refused with 503. */
  readonly connectionLimit?: number
  /**
   * What becomes of a message that is no JSON or does not fit its model: `close` (1007 and 1008) ends the conversation,
   * `tell` sends the problem as a message and goes on. `close` if it is not given.
   */
  readonly invalid?: 'close' | 'tell'
  /** How often a ping goes out, in milliseconds; 30,000. A client that has not answered by the next one is cut off. */
  readonly keepAlive?: number
}

/** What a WebSocket channel declares beside its path: how its conversations and its handshake go. */
export interface WebSocketOptions<Sources>
  extends WebSocketSettings,
    AccessSettings,
    Pick<RestOptions<Sources>, 'in' | 'prefix' | 'cors' | 'errors' | 'onError' | 'serverTiming'> {}

/** A channel on which client and service send each other messages (RFC 6455). */
export interface WebSocketChannel<out Param extends string = string> extends Channel<Param> {
  /** Tells WebSocket channels from others. */
  readonly kind: 'websocket'
  /** The path template, such as `/chat/{room}`. */
  readonly path: string
  /** What was declared beside the path. */
  readonly options: WebSocketOptions<Readonly<Record<string, Source>>> & RestDefaults
  /** The settings of the groups that it is of, the outermost first, each with those outside it. */
  readonly groups?: readonly RestDefaults[]
}

/** Makes WebSocket channels below a prefix; what is implied is no member of the input. */
export type MakeWebSocketChannel<Prefix extends string = '', Implied extends string = never> = <
  const Path extends string,
  const Sources extends Readonly<Record<string, Source>> = Record<never, never>,
>(
  path: Path,
  options?: WebSocketOptions<Sources>,
) => WebSocketChannel<Exclude<PathParam<`${Prefix}${Path}`>, Implied> | (keyof Sources & string)>

/**
 * A channel for WebSocket (RFC 6455): what the client sends is the service's `incoming`, what `handle` yields is sent to
 * the client, each as one JSON text.
 *
 * ```ts
 * const chat = service({
 *   name: 'chat',
 *   input: z.object({ room: z.string() }),
 *   incoming: z.object({ text: z.string() }),
 *   output: stream(z.object({ room: z.string(), text: z.string() })),
 *   on: websocket('/chat/{room}'),
 *   handle: async function* ({ input, incoming }) {
 *     for await (const { text } of incoming) yield { room: input.room, text }
 *   },
 * })
 * chat.channels[0]?.address // => 'WS /chat/{room}'
 * ```
 */
export const websocket: MakeWebSocketChannel = ((path: string, options: WebSocketChannel['options'] = {}) => {
  const { address, ...placed } = placedAt('GET', prefixed(options.prefix, path), options)
  const channel: WebSocketChannel = { kind: 'websocket', options, ...placed, address: `WS ${placed.path}` }
  return channel
}) as MakeWebSocketChannel

/** Whether a channel is a WebSocket channel. */
export function isWebSocketChannel(channel: Channel): channel is WebSocketChannel {
  return channel.kind === 'websocket'
}
