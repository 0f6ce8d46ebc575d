import { bodyTooLarge } from './body-too-large.ts'
import { Exchange } from './exchange.ts'

const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

/** An exchange over the web's `Request` and `Response`. */
export class FetchExchange extends Exchange {
  readonly #request: Request
  readonly #answer: (response: Response) => void
  readonly headers: Readonly<Record<string, string>>

  constructor(request: Request, newCid: () => string, answer: (response: Response) => void) {
    super(request.method, request.url, request.headers.get('x-correlation-id'), newCid)
    this.#request = request
    this.#answer = answer
    this.headers = Object.fromEntries(request.headers)
  }

  get remoteAddress(): undefined {
    return undefined
  }

  get hasBody(): boolean {
    return this.#request.body !== null
  }

  async readBody(limit: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of this.#request.body ?? []) {
      size += chunk.length
      if (size > limit) throw bodyTooLarge(limit)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  }

  onAbort(listener: () => void): void {
    this.#request.signal.addEventListener('abort', listener, { once: true })
  }

  send(status: number, headers: string[], body: string | Uint8Array | undefined): void {
    const pairs: [string, string][] = []
    for (let at = 0; at < headers.length; at += 2) pairs.push([headers[at] as string, headers[at + 1] as string])
    const empty = bodiless.has(status) || this.method === 'HEAD'
    const content = empty || body === undefined ? null : (body as string | Uint8Array<ArrayBuffer>)
    this.#answer(new Response(content, { status, headers: pairs }))
  }
}
