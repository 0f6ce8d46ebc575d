import type { Origin } from '../kernel/call-state.ts'
import { isCid } from '../kernel/cid.ts'
import type { HttpSide } from '../kernel/http-side.ts'
import { readCookies } from './cookie-text.ts'
import { checkReplyHeader } from './reply-header.ts'
import { pathAndQuery } from './request-target.ts'

const noHeaders: readonly string[] = []

/** One request and the reply to it, whatever carries them: a socket, or a `Request` handed to `app.fetch`. */
export abstract class Exchange implements HttpSide, Origin {
  readonly method: string
  readonly url: string
  readonly path: string
  readonly query: string
  readonly cid: string
  /** The status set for the reply; 0 when none was. */
  status: number = 0
  /** Headers set for the reply: names and values in turn. */
  replyHeaders: readonly string[] = noHeaders
  #cookies: Record<string, string> | undefined

  constructor(method: string, target: string, givenCid: unknown, newCid: () => string) {
    this.method = method
    this.url = pathAndQuery(target)
    const mark = this.url.indexOf('?')
    this.path = mark === -1 ? this.url : this.url.slice(0, mark)
    this.query = mark === -1 ? '' : this.url.slice(mark + 1)
    this.cid = typeof givenCid === 'string' && isCid(givenCid) ? givenCid : newCid()
  }

  abstract readonly headers: Readonly<Record<string, string | string[] | undefined>>
  abstract readonly remoteAddress: string | undefined
  /** How long the body is, in bytes; undefined when only reading it tells, 0 when there is none. */
  abstract readonly bodyLength: number | undefined
  /** Whether the client went away before it had the reply. */
  abstract readonly gone: boolean
  /** Reads the whole body. @throws Problem `body_too_large` beyond the limit, in bytes; `malformed_request` when it ends early */
  abstract readBody(limit: number): Promise<Uint8Array>
  /** Calls the listener when the client goes away before it has the reply. */
  abstract onAbort(listener: () => void): void
  /** Sends the reply, in one write; `headers` are names and values in turn. */
  abstract send(status: number, headers: string[], body: string | Uint8Array | undefined): void

  get http(): HttpSide {
    return this
  }

  get cookies(): Record<string, string> {
    this.#cookies ??= readCookies(this.headers.cookie as string | undefined)
    return this.#cookies
  }

  setHeader(name: string, value: string): void {
    checkReplyHeader(name, value)
    this.replyHeaders = [...this.replyHeaders, name, value]
  }
}
