import type { Caller } from '../../kernel/caller.ts'
import { problem } from '../../kernel/problem.ts'
import type { Edge } from '../edge/edge.ts'
import { type Content, Exchange } from '../exchange.ts'
import { bodyTooLarge } from '../input/body-too-large.ts'
import { discard } from '../reply/discard.ts'
import { webStream } from './web-stream.ts'

/** An exchange over the web's `Request` and `Response`. */
export class FetchExchange extends Exchange {
  readonly #request: Request
  readonly #answer: (response: Response) => void
  readonly headers: Readonly<Record<string, string>>
  #listeners: (() => void)[] = []
  #answered: boolean = false
  #finished: boolean = false
  #status: number = 0
  /** Whether the client took all that there was to send. */
  #complete: boolean = false
  readonly #stops: ((listener: () => void) => () => void) | undefined

  /** `stops` calls a listener when the app begins to stop, and returns what takes it back. */
  constructor(
    request: Request,
    newCid: () => string,
    answer: (response: Response) => void,
    edge?: Edge,
    stops?: (listener: () => void) => () => void,
    caller?: Caller,
  ) {
    super(request.method, withoutFragment(request.url), request.headers.get('x-correlation-id'), newCid, edge)
    this.#request = request
    this.#answer = answer
    this.#stops = stops
    // Whoever hands the request over vouches for the caller.
    this.caller = caller
    this.headers = Object.fromEntries(request.headers)
  }

  get remoteAddress(): undefined {
    return undefined
  }

  override get ownScheme(): string {
    return this.#request.url.slice(0, this.#request.url.indexOf(':'))
  }

  override get ownHost(): string {
    return this.headers.host ?? new URL(this.#request.url).host
  }

  get bodyLength(): number | undefined {
    return this.#request.body === null ? 0 : undefined
  }

  get gone(): boolean {
    return !this.#answered && this.#request.signal.aborted
  }

  /** The status of the reply that has left; 499 when the client did not wait for it, or for all of it. */
  get finalStatus(): number {
    return this.#complete ? this.#status : 499
  }

  async readBody(limit: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    let size = 0
    try {
      for await (const chunk of this.#request.body ?? []) {
        size += chunk.length
        if (size > limit) break
        chunks.push(chunk)
      }
    } catch (cause) {
      throw problem('malformed_request', 'The body was cut off', { cause })
    }
    if (size > limit) throw bodyTooLarge(limit)
    return Buffer.concat(chunks)
  }

  async *streamBody(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#request.body ?? []) yield chunk
    } catch (cause) {
      throw problem('malformed_request', 'The body was cut off', { cause })
    }
  }

  onAbort(listener: () => void): void {
    if (this.gone) listener()
    else
      this.#request.signal.addEventListener('abort', () => {
        if (this.gone) listener()
      })
  }

  onFinish(listener: () => void): void {
    if (this.#finished) listener()
    else this.#listeners.push(listener)
  }

  override onStop(listener: () => void): void {
    if (this.#stops !== undefined) this.onFinish(this.#stops(listener))
  }

  /** There is no connection to cut: the answer says nothing. */
  override drop(): void {
    this.send(403, [], undefined)
  }

  send(status: number, headers: string[], body: Content): void {
    const pairs: [string, string][] = []
    for (let at = 0; at < headers.length; at += 2) pairs.push([headers[at] as string, headers[at + 1] as string])
    if (this.method === 'HEAD') discard(body)
    this.#status = status
    // A reply that was cut off before it was made goes to nobody.
    const wanted = !this.gone
    const content = body === undefined || this.method === 'HEAD' ? null : this.#bodyOf(body)
    this.#answer(new Response(content, { status, headers: pairs }))
    this.#answered = true
    if (content === null || !isStream(body)) this.#finish(wanted)
  }

  #bodyOf(body: NonNullable<Content>): ConstructorParameters<typeof Response>[0] {
    if (!isStream(body)) return body as string | Uint8Array<ArrayBuffer>
    return webStream(body, this.#request.signal, (complete) => this.#finish(complete))
  }

  #finish(complete: boolean): void {
    if (this.#finished) return
    this.#complete = complete
    this.#finished = true
    for (const listener of this.#listeners) listener()
    this.#listeners = []
  }
}

function isStream(body: Content): body is AsyncIterable<string | Uint8Array> {
  return typeof body === 'object' && !(body instanceof Uint8Array)
}

function withoutFragment(url: string): string {
  const mark = url.indexOf('#')
  return mark === -1 ? url : url.slice(0, mark)
}
