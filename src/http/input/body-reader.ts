import type { CallState } from '../../kernel/call-state.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { Exchange } from '../exchange.ts'
import type { RestChannel } from '../rest-channel.ts'
import { readRequestBody } from './request-body.ts'

/** How much a body may measure where nothing else is said, in bytes. */
export const defaultBodyLimit: number = 1024 * 1024

/** Reads the body of a request into what the input model checks; undefined when there is none. */
export type ReadBody = (exchange: Exchange, call: CallState) => Promise<unknown>

/** Compiles how a channel reads bodies. */
export function bodyReader(channel: RestChannel, _entry: RegisteredService): ReadBody {
  const limit = channel.options.bodyLimit ?? defaultBodyLimit
  return (exchange) => readRequestBody(exchange, limit)
}
