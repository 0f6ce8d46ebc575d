import type { Exchange } from '../http/exchange.ts'
import type { Origin } from '../kernel/call-state.ts'
import { anonymous } from '../kernel/caller.ts'
import type { Logger } from '../kernel/logger.ts'
import { answeredBy } from './answered-by.ts'
import type { AppSettings } from './app-options.ts'
import type { FinishedReply, RunOptions } from './run-options.ts'

type Tell = (reply: FinishedReply) => void

/** Told of each finished reply by the server: hands it on, and logs it where the app asks for that; nothing else costs. */
export function replyListener(
  { onReply, accessLog = false }: Pick<AppSettings, 'accessLog'> & Pick<RunOptions, 'onReply'>,
  log: Logger,
): ((exchange: Exchange, status: number, milliseconds: number) => void) | undefined {
  const listeners: readonly Tell[] = [...(accessLog ? [access(log)] : []), ...(onReply === undefined ? [] : [onReply])]
  if (listeners.length === 0) return undefined
  return (exchange, status, milliseconds) => {
    const { method, base, path: below, cid, clientAddress: client } = exchange
    const { caller = anonymous }: Origin = exchange
    const reply = {
      method,
      path: base + below,
      status,
      service: answeredBy(exchange),
      caller,
      cid,
      client,
      milliseconds,
    }
    for (const tell of listeners) tell(reply)
  }
}

function access(log: Logger): Tell {
  return ({ method, path, status, milliseconds, cid, client }) => {
    const ms = Math.round(milliseconds * 10) / 10
    log.info({ method, path, status, ms, cid, client }, `${method} ${path} ${status}`)
  }
}
