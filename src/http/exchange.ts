import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Origin } from '../kernel/call-state.ts'
import { isCid } from '../kernel/cid.ts'
import type { HttpSide } from '../kernel/http-side.ts'
import { readCookies } from './cookie-text.ts'
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

  constructor(method: string, url: string, givenCid: unknown, newCid: () => string) {
    this.method = method
    this.url = url
    const target = pathAndQuery(url)
    const mark = target.indexOf('?')
    this.path = mark === -1 ? target : target.slice(0, mark)
    this.query = mark === -1 ? '' : target.slice(mark + 1)
    this.cid = typeof givenCid === 'string' && isCid(givenCid) ? givenCid : newCid()
  }

  abstract readonly headers: Readonly<Record<string, string | string[] | undefined>>
  abstract readonly remoteAddress: string | undefined
  /** Whether a body comes with the request. */
  abstract readonly hasBody: boolean
  /** Reads the whole body. @throws Problem `body_too_large` beyond the limit, in bytes. */
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
    validateHeaderName(name)
    validateHeaderValue(name, value)
    this.replyHeaders = [...this.replyHeaders, name, value]
  }
}
