import type { Content } from '../exchange.ts'

type Parts = Extract<Content, AsyncIterable<unknown>>

const encoder = new TextEncoder()

/**
 * The parts of a body as a web stream, each made when it is asked for. Who cancels it, or aborts the signal, closes the
 * source; `finished` is called at the end, whatever it is.
 */
export function webStream(parts: Parts, signal: AbortSignal, finished: () => void): ReadableStream<Uint8Array> {
  const source = parts[Symbol.asyncIterator]()
  const finish = (): void => {
    signal.removeEventListener('abort', abort)
    finished()
  }
  const close = async (): Promise<void> => {
    try {
      await source.return?.()
    } finally {
      finish()
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
        signal.addEventListener('abort', abort)
      },
      pull: async (controller) => {
        try {
          const { done, value } = await source.next()
          if (done !== true) return controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
          if (!signal.aborted) controller.close()
        } catch (error) {
          if (!signal.aborted) controller.error(error)
        }
        finish()
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  )
}
