/** So many messages wait for their reader before the client has to wait, too. */
const most = 16

const end: IteratorResult<unknown, undefined> = { done: true, value: undefined }

interface IncomingOptions {
  /** Reads a message; `undefined` for one that is to be left out, a promise where that takes time. */
  readonly read: (message: Buffer) => unknown
  /** Keeps the client from sending, and lets it go on. */
  readonly pause: () => void
  readonly resume: () => void
}

/** What is read of a message. */
export interface Read {
  readonly value: unknown
}

/** The messages of a client, each read and checked when it is asked for. */
export class IncomingMessages implements AsyncIterableIterator<unknown, undefined> {
  readonly #options: IncomingOptions
  readonly #waiting: Buffer[] = []
  #ended: boolean = false
  #wake: (() => void) | undefined

  constructor(options: IncomingOptions) {
    this.#options = options
  }

  push(message: Buffer): void {
    if (this.#ended) return
    this.#waiting.push(message)
    if (this.#waiting.length === most) this.#options.pause()
    this.#wake?.()
  }

  /** No more will come; what has come can still be read. */
  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<unknown, undefined>> {
    for (;;) {
      const message = this.#waiting.shift()
      if (message === undefined) {
        if (this.#ended) return end
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        continue
      }
      if (this.#waiting.length === most - 1) this.#options.resume()
      const read = (await this.#options.read(message)) as Read | undefined
      if (read !== undefined) return { done: false, value: read.value }
    }
  }

  async return(): Promise<IteratorResult<unknown, undefined>> {
    this.#waiting.length = 0
    this.#options.resume()
    return end
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
