import type { Awaitable } from './chain.ts'
import type { Outcome } from './service.ts'
import { StreamEvent } from './stream-event.ts'

/** What may give items: an iterable of either kind. */
export type ItemSource = AsyncIterable<unknown> | Iterable<unknown>

/** Told once of how a stream ended; what it throws takes the place of the outcome for those after it. */
export type EndStep = (outcome: Outcome) => Awaitable<void>

/** The next of the items, or that there are no more. */
export type Taken = IteratorResult<unknown, undefined>

const end: Taken = { done: true, value: undefined }

/** Whether the value gives items one by one; a text does not count. */
export function isItemSource(value: unknown): value is ItemSource {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
}

/**
 * The items of a running call. The call ends when the items do: by themselves, by an error, or because whoever takes
 * them stops doing so, which counts as a failure unless the source comes to its own end.
 */
export class ItemStream implements AsyncIterableIterator<unknown, undefined> {
  readonly #source: AsyncIterator<unknown> | Iterator<unknown>
  readonly #release: () => unknown
  readonly #leave: (item: unknown) => unknown
  readonly #steps: EndStep[] = []
  #ended: Promise<void> | undefined
  #left: Promise<void> | undefined
  /** Called when nobody takes items any more, with a promise of the end. */
  onLeft: ((ended: Promise<void>) => void) | undefined = undefined

  /** `leave` makes of an item what leaves. */
  constructor(source: ItemSource, leave: (item: unknown) => unknown) {
    this.#source = source instanceof ItemStream ? new EventIterator(source) : iteratorOf(source)
    // The iterator of a Node stream closes nothing that it has not begun to read, and waits for what may never come.
    this.#release = isDestroyable(source) ? () => source.destroy() : () => this.#source.return?.()
    this.#leave = leave
  }

  /** Adds what is to be done at the end, behind what is there already. */
  atEnd(step: EndStep): void {
    this.#steps.push(step)
  }

  /** The next item, as an event where it is one. */
  async take(): Promise<Taken> {
    if (this.#ended !== undefined || this.#left !== undefined) return end
    try {
      const { done, value } = await this.#source.next()
      if (done !== true) return { done: false, value: await this.#projected(value) }
    } catch (error) {
      // A source that gives up because nobody waits for it does what it should.
      await this.#end({ ok: false, error }, this.#left === undefined || !isAbort(error))
      return end
    }
    await this.#end({ ok: true, output: undefined }, false)
    return end
  }

  /** The next item alone. */
  async next(): Promise<Taken> {
    const taken = await this.take()
    return taken.value instanceof StreamEvent ? { done: false, value: taken.value.data } : taken
  }

  /** Takes no more: the source is closed, and then the call ends. */
  async return(): Promise<Taken> {
    if (this.#ended === undefined && this.#left === undefined) {
      this.#left = this.#close()
      this.onLeft?.(this.#left)
    }
    await this.#left
    return end
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  async #close(): Promise<void> {
    // Before the source may go on, so that it finds its signal aborted.
    await Promise.resolve()
    try {
      await this.#release()
    } catch (error) {
      return this.#end({ ok: false, error }, !isAbort(error))
    }
    return this.#end({ ok: false, error: new DOMException('nobody takes the items any more', 'AbortError') }, false)
  }

  async #projected(item: unknown): Promise<unknown> {
    try {
      if (!(item instanceof StreamEvent)) return await this.#leave(item)
      return new StreamEvent(await this.#leave(item.data), item)
    } catch (error) {
      await this.#source.return?.()
      throw error
    }
  }

  /** `tell` throws the error of the outcome, once all is done. */
  #end(outcome: Outcome, tell: boolean): Promise<void> {
    this.#ended ??= this.#runSteps(outcome, tell)
    return this.#ended
  }

  async #runSteps(first: Outcome, tell: boolean): Promise<void> {
    let outcome = first
    let told = tell
    for (const step of this.#steps) {
      try {
        await step(outcome)
      } catch (error) {
        if (outcome.ok || outcome.error !== error) told = true
        outcome = { ok: false, error }
      }
    }
    if (!outcome.ok && told) throw outcome.error
  }
}

/** The items of another stream, with what is told of them. */
class EventIterator implements AsyncIterator<unknown, undefined> {
  readonly #stream: ItemStream

  constructor(stream: ItemStream) {
    this.#stream = stream
  }

  next(): Promise<Taken> {
    return this.#stream.take()
  }

  return(): Promise<Taken> {
    return this.#stream.return()
  }
}

function isAbort(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'AbortError' || ('code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')
}

function isDestroyable(source: object): source is { readonly destroy: () => unknown } {
  return 'destroy' in source && typeof source.destroy === 'function'
}

function iteratorOf(source: ItemSource): AsyncIterator<unknown> | Iterator<unknown> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
}
