import type { Content } from '../exchange.ts'

type Parts = Extract<Content, AsyncIterable<unknown>>

const encoder = new TextEncoder()

/**
 * The parts of a body as a web stream, each made when it is asked for. Who cancels it, or aborts the signal, closes the
 * source; `finished` is called at the end, and told whether the stream was read to it.
 */
export function webStream(
  parts: Parts,
  signal: AbortSignal,
  finished: (complete: boolean) => void,
): ReadableStream<Uint8Array> {
  const source = parts[Symbol.asyncIterator]()
  const finish = (complete: boolean): void => {
    signal.removeEventListener('abort', abort)
    finished(complete)
  }
  const close = async (): Promise<void> => {
    try {
      await source.return?.()
    } finally {
      finish(false)
    }
  }
  let abort = (): void => {}
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        abort = () => {
          controller.error(signal.reason)
          close().catch(() => {})
        }
        if (signal.aborted) abort()
        else signal.addEventListener('abort', abort)
      },
      pull: async (controller) => {
        try {
          const { done, value } = await source.next()
          if (done !== true) return controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
          if (!signal.aborted) controller.close()
          finish(!signal.aborted)
        } catch (error) {
          if (!signal.aborted) controller.error(error)
          finish(false)
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  )
}
