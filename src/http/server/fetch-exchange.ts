import { Readable } from 'node:stream'
import { problem } from '../../kernel/problem.ts'
import { type Content, Exchange } from '../exchange.ts'
import { bodyTooLarge } from '../input/body-too-large.ts'

/** An exchange over the web's `Request` and `Response`. */
export class FetchExchange extends Exchange {
  readonly #request: Request
  readonly #answer: (response: Response) => void
  readonly headers: Readonly<Record<string, string>>
  readonly #finished: (() => void)[] = []
  #answered: boolean = false

  constructor(request: Request, newCid: () => string, answer: (response: Response) => void) {
    super(request.method, withoutFragment(request.url), request.headers.get('x-correlation-id'), newCid)
    this.#request = request
    this.#answer = answer
    this.headers = Object.fromEntries(request.headers)
  }

  get remoteAddress(): undefined {
    return undefined
  }

  get bodyLength(): number | undefined {
    return this.#request.body === null ? 0 : undefined
  }

  get gone(): boolean {
    return !this.#answered && this.#request.signal.aborted
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

  onAbort(listener: () => void): void {
    if (this.gone) listener()
    else
      this.#request.signal.addEventListener('abort', () => {
        if (this.gone) listener()
      })
  }

  onFinish(listener: () => void): void {
    this.#finished.push(listener)
  }

  send(status: number, headers: string[], body: Content): void {
    const pairs: [string, string][] = []
    for (let at = 0; at < headers.length; at += 2) pairs.push([headers[at] as string, headers[at + 1] as string])
    const content = body === undefined || this.method === 'HEAD' ? null : bodyOf(body)
    this.#answer(new Response(content, { status, headers: pairs }))
    this.#answered = true
    for (const listener of this.#finished) listener()
  }
}

function bodyOf(body: NonNullable<Content>): ConstructorParameters<typeof Response>[0] {
  if (typeof body === 'string' || body instanceof Uint8Array) return body as string | Uint8Array<ArrayBuffer>
  return Readable.toWeb(Readable.from(body)) as ReadableStream
}

function withoutFragment(url: string): string {
  const mark = url.indexOf('#')
  return mark === -1 ? url : url.slice(0, mark)
}
