/** A stream of these parts, and whether it was let go before its end. */
export interface Streamed {
  readonly stream: ReadableStream<Uint8Array>
  /** Whether the reader has cancelled it. */
  readonly cancelled: () => boolean
  /** How many parts were asked for. */
  readonly pulled: () => number
}

/** Parts of bytes, or of text; with an error, it breaks behind them. */
export function streamed(parts: readonly (Uint8Array | string)[], error?: Error): Streamed {
  let cancelled = false
  let pulled = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const part = parts[pulled++]
        if (part !== undefined) controller.enqueue(typeof part === 'string' ? new TextEncoder().encode(part) : part)
        else if (error !== undefined) controller.error(error)
        else controller.close()
      },
      cancel: () => {
        cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, cancelled: () => cancelled, pulled: () => pulled }
}

/** The text in parts of so many bytes, wherever they cut it. */
export function cutUp(text: string, size: number): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}
