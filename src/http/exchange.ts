import type { Attempt, ClientCertificate } from '../kernel/attempt.ts'
import type { Origin } from '../kernel/call-state.ts'
import type { Caller } from '../kernel/caller.ts'
import { type Awaitable, whenReady } from '../kernel/chain.ts'
import { isCid } from '../kernel/cid.ts'
import type { CookieOptions } from '../kernel/cookie-options.ts'
import type { HttpSide, Precondition } from '../kernel/http-side.ts'
import { checkPrecondition, requirePrecondition } from './conditional/precondition.ts'
import { cookieLine } from './cookies/cookie-line.ts'
import { signed, unsigned } from './cookies/signature.ts'
import type { Edge } from './edge/edge.ts'
import { type Direct, type Peer, peerOf } from './edge/peer.ts'
import { bodyTooLarge } from './input/body-too-large.ts'
import { readCookies } from './input/cookie-text.ts'
import { addHeaders, checkReplyHeader } from './reply/reply-header.ts'
import { pathAndQuery } from './server/request-target.ts'

const noHeaders: readonly string[] = []
const noSecrets: readonly string[] = []

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
export abstract class Exchange implements HttpSide, Origin, Direct, Attempt {
  /** Not as it was sent where the app lets a POST ask for another method. */
  method: string
  /** Below where the app is mounted. */
  url: string
  path: string
  /** Where the app is mounted, such as `/legacy`, or `''`. */
  base: string = ''
  /** The version of the API that answers; undefined where there are none. */
  version: string | undefined = undefined
  readonly query: string
  readonly cid: string
  /** The status set for the reply; 0 when none was. */
  status: number = 0
  /** Headers set for the reply: names and values in turn. */
  replyHeaders: readonly string[] = noHeaders
  /** Whether the reply tells of a problem, whatever its status. */
  failed: boolean = false
  /** What cookies are signed with, the current secret first. */
  cookieSecrets: readonly string[] = noSecrets
  /** Who calls, once that is known. */
  caller: Caller | undefined = undefined
  #cookies: Record<string, string> | undefined
  /** Headers of the reply, whatever it will be: names and values in turn. */
  #added: string[] | undefined
  #filters: Filter[] | undefined
  #peer: Peer | undefined
  readonly #edge: Edge | undefined

  constructor(method: string, target: string, givenCid: unknown, newCid: () => string, edge?: Edge) {
    this.method = method
    this.#edge = edge
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
  /**
   * The body as it comes, once; while nobody asks for more, the client has to wait. It throws the problem
   * `malformed_request` when the body ends early.
   */
  abstract streamBody(): AsyncIterable<Uint8Array>
  /** Calls the listener when the client goes away before it has the reply. */
  abstract onAbort(listener: () => void): void
  /** Calls the listener once, when the reply has left in full, or never will. */
  abstract onFinish(listener: () => void): void
  /** Calls the listener when the server begins to stop before the reply has left. */
  onStop(_listener: () => void): void {}
  /** Writes the reply, past all filters; `headers` are names and values in turn. */
  abstract send(status: number, headers: string[], body: Content): void

  /** Reads the whole body ahead of those who read it next, to whom it looks as if it had not been read. @see readBody */
  async readAhead(limit: number): Promise<Uint8Array> {
    const bytes = await this.readBody(limit)
    this.readBody = async (most) => {
      if (bytes.length > most) throw bodyTooLarge(most)
      return bytes
    }
    this.streamBody = async function* () {
      yield bytes
    }
    return bytes
  }

  get http(): HttpSide {
    return this
  }

  get cookies(): Record<string, string> {
    this.#cookies ??= readCookies(this.headers.cookie as string | undefined)
    return this.#cookies
  }

  /** The scheme of the connection itself. */
  get ownScheme(): string {
    return 'http'
  }

  /** The host of the request as it came here; `''` when it has none. */
  get ownHost(): string {
    return (this.headers.host as string | undefined) ?? ''
  }

  get clientAddress(): string | undefined {
    return this.#client.address
  }

  get scheme(): string {
    // Asked for with each reply.
    return this.#edge?.trusts === true ? this.#client.scheme : this.ownScheme
  }

  get host(): string {
    return this.#client.host
  }

  get origin(): string {
    return `${this.scheme}://${this.host}`
  }

  get prefix(): string {
    return this.#client.prefix + this.base
  }

  get #client(): Peer {
    this.#peer ??= this.#edge === undefined ? peerOf(this, undefined) : this.#edge.peer(this)
    return this.#peer
  }

  /** Adds a header to the reply, whatever it will be; past all filters. */
  addHeader(name: string, value: string): void {
    this.#added ??= []
    this.#added.push(name, value)
  }

  /** A certificate that was shown on the connection itself. */
  get ownCertificate(): ClientCertificate | undefined {
    return undefined
  }

  /** A certificate that the client has shown, or that a trusted proxy passes on. */
  get certificate(): ClientCertificate | undefined {
    return this.#edge === undefined ? this.ownCertificate : this.#edge.certificate(this)
  }

  /** Cuts the connection, without any reply. */
  drop(): void {}

  /** Adds a filter, which sees the reply before those that were added earlier. */
  filter(filter: Filter): void {
    this.#filters ??= []
    this.#filters.push(filter)
  }

  /** Sends the reply through the filters; of one that throws, those behind it still see the reply that is sent instead. */
  reply(status: number, headers: string[], body: Content): Awaitable<void> {
    if (this.#filters === undefined) this.#send(status, headers, body)
    else return this.#leave({ status, headers, body }, this.#filters)
  }

  #leave(outgoing: Outgoing, filters: Filter[]): Awaitable<void> {
    const filter = filters.pop()
    if (filter !== undefined) return whenReady(filter(outgoing), (changed) => this.#leave(changed, filters))
    this.#send(outgoing.status, outgoing.headers, outgoing.body)
  }

  #send(status: number, headers: string[], body: Content): void {
    if (this.#added !== undefined) addHeaders(headers, this.#added)
    this.#edge?.secure?.(headers, this)
    this.send(status, headers, body)
  }

  checkPrecondition({ required = false, ...current }: Precondition): void {
    if (required) requirePrecondition(this.headers)
    checkPrecondition(this.method, this.headers, current)
  }

  setHeader(name: string, value: string): void {
    checkReplyHeader(name, value)
    this.replyHeaders = [...this.replyHeaders, name, value]
  }

  setCookie(name: string, value: string, options: CookieOptions = {}): void {
    const [secret] = this.cookieSecrets
    if (options.signed === true && secret === undefined) {
      throw new TypeError(`the cookie ${name} cannot be signed: give the app cookieSecrets`)
    }
    const text = options.signed === true && secret !== undefined ? signed(name, value, secret) : value
    this.setHeader('Set-Cookie', cookieLine(name, text, options))
  }

  clearCookie(name: string, options: CookieOptions = {}): void {
    this.setHeader('Set-Cookie', cookieLine(name, '', { ...options, maxAge: 0, expires: new Date(0) }))
  }

  signedCookie(name: string): string | undefined {
    return unsigned(name, this.cookies[name], this.cookieSecrets)
  }
}
