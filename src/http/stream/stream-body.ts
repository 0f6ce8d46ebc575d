import type { ItemStream, Taken } from '../../kernel/item-stream.ts'
import type { StreamFormat } from './stream-format.ts'

interface StreamBodyOptions {
  readonly stream: ItemStream
  readonly format: StreamFormat
  /** In milliseconds. */
  readonly keepAlive: number
  /** Told of an error in the middle, of which it makes what the client may know. */
  readonly problemOf: (error: unknown) => string
}

type Settled = { readonly taken: Taken } | { readonly error: unknown }

const end: IteratorResult<string, undefined> = { done: true, value: undefined }

/** The parts of a reply that a stream is written as, each made when it is asked for. */
export class StreamBody implements AsyncIterableIterator<string, undefined> {
  readonly #options: StreamBodyOptions
  #settled: Settled | undefined
  #wake: (() => void) | undefined
  #asked: boolean = false
  #count: number = 0
  #state: 'open' | 'stopping' | 'ended' = 'open'

  constructor(options: StreamBodyOptions) {
    this.#options = options
  }

  /** Waits for the first item, at most so many milliseconds. @throws whatever the stream throws instead of it */
  async begin(patience: number): Promise<void> {
    this.#ask()
    await this.#wait(patience)
    if (this.#settled !== undefined && 'error' in this.#settled) throw this.#settled.error
  }

  async next(): Promise<IteratorResult<string, undefined>> {
    const { format, keepAlive } = this.#options
    if (this.#state === 'open') {
      this.#ask()
      await this.#wait(format.alive === undefined ? undefined : keepAlive)
    }
    const settled = this.#settled
    // What was taken already is not lost.
    const isItem = settled !== undefined && 'taken' in settled && settled.taken.done !== true
    if (this.#state === 'ended' || (this.#state === 'stopping' && !isItem))
      return this.#last(this.#state === 'stopping')
    if (settled === undefined) return { done: false, value: format.alive ?? '' }
    this.#settled = undefined
    this.#asked = false
    if ('error' in settled) return this.#fail(settled.error)
    if (settled.taken.done === true) return this.#last(true)
    try {
      return { done: false, value: format.item(settled.taken.value, this.#count++ === 0) }
    } catch (error) {
      void this.return()
      return this.#fail(error)
    }
  }

  async return(): Promise<IteratorResult<string, undefined>> {
    this.#state = 'ended'
    this.#wake?.()
    await this.#options.stream.return().catch(() => {})
    return end
  }

  /** Ends the reply as if the stream had ended, and leaves that. */
  stop(): void {
    if (this.#state !== 'open') return
    this.#state = 'stopping'
    this.#wake?.()
    void this.#options.stream.return().catch(() => {})
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #ask(): void {
    if (this.#asked) return
    this.#asked = true
    const settle = (settled: Settled): void => {
      this.#settled = settled
      this.#wake?.()
    }
    this.#options.stream.take().then(
      (taken) => settle({ taken }),
      (error: unknown) => settle({ error }),
    )
  }

  /** Waits until the item is there, or there will be none, or the time is over. */
  async #wait(most: number | undefined): Promise<void> {
    if (this.#settled !== undefined) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (most !== undefined) timer = setTimeout(resolve, most).unref()
    })
    clearTimeout(timer)
    this.#wake = undefined
  }

  #last(regular: boolean): IteratorResult<string, undefined> {
    this.#state = 'ended'
    const text = regular ? this.#options.format.end(this.#count === 0) : ''
    return text === '' ? end : { done: false, value: text }
  }

  #fail(error: unknown): IteratorResult<string, undefined> {
    this.#state = 'ended'
    const told = this.#options.problemOf(error)
    const { fault } = this.#options.format
    if (fault === undefined) throw error
    return { done: false, value: fault(told) }
  }
}
