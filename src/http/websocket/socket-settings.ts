import type { WebSocketSettings } from './websocket-channel.ts'

/** The settings of a channel in full. */
export type Settings = WebSocketSettings & Required<Defaults>

type Defaults = Pick<WebSocketSettings, 'messageLimit' | 'keepAlive' | 'invalid'>

/** What holds where a channel says nothing else. */
export const defaults: Required<Defaults> = { messageLimit: 1024 * 1024, keepAlive: 30_000, invalid: 'close' }
