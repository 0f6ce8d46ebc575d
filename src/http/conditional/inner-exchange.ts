import type { Caller } from '../../kernel/caller.ts'
import { type Content, Exchange, type Outgoing } from '../exchange.ts'

/** Headers that are about the outer request alone: its body, its conditions, the part that it asks for. */
const notInherited: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'expect',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
  'range',
])

/** A GET of the address that another exchange is about, for the same caller, whose reply goes nowhere but `sent`. */
export class InnerExchange extends Exchange {
  readonly #outer: Exchange
  readonly #finished: (() => void)[] = []
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bodyLength = 0
  sent: Outgoing | undefined

  constructor(outer: Exchange, caller: Caller) {
    super('GET', outer.url, outer.cid, () => outer.cid)
    this.#outer = outer
    this.caller = caller
    this.base = outer.base
    this.version = outer.version
    this.cookieSecrets = outer.cookieSecrets
    const inherited = Object.entries(outer.headers).filter(([name]) => !notInherited.has(name))
    this.headers = Object.fromEntries(inherited)
  }

  get remoteAddress(): string | undefined {
    return this.#outer.remoteAddress
  }

  override get clientAddress(): string | undefined {
    return this.#outer.clientAddress
  }

  override get scheme(): string {
    return this.#outer.scheme
  }

  override get host(): string {
    return this.#outer.host
  }

  override get prefix(): string {
    return this.#outer.prefix
  }

  get gone(): boolean {
    return this.#outer.gone
  }

  async readBody(): Promise<Uint8Array> {
    return new Uint8Array(0)
  }

  async *streamBody(): AsyncGenerator<Uint8Array> {}

  onAbort(listener: () => void): void {
    this.#outer.onAbort(listener)
  }

  onFinish(listener: () => void): void {
    if (this.sent === undefined) this.#finished.push(listener)
    else listener()
  }

  send(status: number, headers: string[], body: Content): void {
    this.sent = { status, headers, body }
    for (const listener of this.#finished) listener()
  }
}
