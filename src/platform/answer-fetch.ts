import type { Edge } from '../http/edge/edge.ts'
import type { Exchange } from '../http/exchange.ts'
import { FetchExchange } from '../http/server/fetch-exchange.ts'
import type { Caller } from '../kernel/caller.ts'

/** What goes with a web `Request` that an app is handed. */
export interface FetchOptions {
  /**
   * Who is calling: whoever embeds or tests the app vouches for it, and the call sees it as `call.caller`. A text is the
   * name of a security definition: whoever has its credentials. The anonymous caller if it is not given.
   */
  readonly caller?: Caller | string
}

/** What answering web requests takes. */
interface Answering {
  readonly answer: (exchange: Exchange) => void
  readonly newCid: () => string
  readonly edge: Edge
  /** Whoever has the credentials of a definition. */
  readonly callerOf: (definition: string) => Caller
  readonly onStop: (listener: () => void) => () => void
  /** Told of each finished reply. */
  readonly onReply: ((exchange: Exchange, status: number, milliseconds: number) => void) | undefined
  /** Told of an `onReply` that throws. */
  readonly onFault: (error: unknown) => void
}

/** Answers web requests without any port. */
export function answerFetch({ answer, newCid, edge, callerOf, onStop, onReply, onFault }: Answering) {
  return (request: Request, { caller }: FetchOptions = {}): Promise<Response> =>
    new Promise((resolve) => {
      const known = typeof caller === 'string' ? callerOf(caller) : caller
      const exchange = new FetchExchange(request, newCid, resolve, edge, onStop, known)
      if (onReply !== undefined) {
        const began = performance.now()
        exchange.onFinish(() => {
          try {
            onReply(exchange, exchange.finalStatus, performance.now() - began)
          } catch (error) {
            onFault(error)
          }
        })
      }
      answer(exchange)
    })
}
