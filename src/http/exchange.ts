import type { Origin } from '../kernel/call-state.ts'
import { type Awaitable, whenReady } from '../kernel/chain.ts'
import { isCid } from '../kernel/cid.ts'
import type { HttpSide } from '../kernel/http-side.ts'
import { readCookies } from './input/cookie-text.ts'
import { checkReplyHeader } from './reply/reply-header.ts'
import { pathAndQuery } from './server/request-target.ts'

const noHeaders: readonly string[] = []

/** What a reply holds: nothing, all of it, or the parts of it as they come. */
export type Content = string | Uint8Array | AsyncIterable<string | Uint8Array> | undefined

/** A reply on its way out; `headers` are names and values in turn. */
export interface Outgoing {
  readonly status: number
  readonly headers: string[]
  readonly body: Content
}

/** Sees each reply on its way out, success or problem, and hands it on, as it is or changed. */
export type Filter = (outgoing: Outgoing) => Awaitable<Outgoing>

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
  #filters: Filter[] | undefined

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
  /** Calls the listener once, when the reply has left in full, or never will. */
  abstract onFinish(listener: () => void): void
  /** Writes the reply, past all filters; `headers` are names and values in turn. */
  abstract send(status: number, headers: string[], body: Content): void

  get http(): HttpSide {
    return this
  }

  get cookies(): Record<string, string> {
    this.#cookies ??= readCookies(this.headers.cookie as string | undefined)
    return this.#cookies
  }

  /** Adds a filter, which sees the reply before those that were added earlier. */
  filter(filter: Filter): void {
    this.#filters ??= []
    this.#filters.push(filter)
  }

  /** Sends the reply through the filters; of one that throws, those behind it still see the reply that is sent instead. */
  reply(status: number, headers: string[], body: Content): Awaitable<void> {
    if (this.#filters === undefined) this.send(status, headers, body)
    else return this.#leave({ status, headers, body }, this.#filters)
  }

  #leave(outgoing: Outgoing, filters: Filter[]): Awaitable<void> {
    const filter = filters.pop()
    if (filter !== undefined) return whenReady(filter(outgoing), (changed) => this.#leave(changed, filters))
    this.send(outgoing.status, outgoing.headers, outgoing.body)
  }

  setHeader(name: string, value: string): void {
    checkReplyHeader(name, value)
    this.replyHeaders = [...this.replyHeaders, name, value]
  }
}
