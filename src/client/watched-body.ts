import { BodyError, type CallName, TimeoutError } from './errors.ts'
import type { DownloadProgress } from './settings.ts'
import type { ClientTime } from './time.ts'
import { connectionFault } from './transport.ts'
import { until } from './until.ts'

/** What a body is watched for. */
export interface BodyWatch {
  readonly call: CallName
  readonly signal: AbortSignal
  readonly time: ClientTime
  /** Ends the call, and with it the connection. */
  readonly giveUp: (error: unknown) => void
  readonly idle: number | undefined
  readonly maxBytes: number | undefined
  readonly onDownload: ((progress: DownloadProgress) => void) | undefined
}

/** The body of a reply, which fails when it stalls, is cut off, or is longer than allowed. */
export function watchedBody(reply: Response, watch: BodyWatch): ReadableStream<Uint8Array> {
  const { call, signal, maxBytes = Number.POSITIVE_INFINITY, onDownload } = watch
  const total = lengthOf(reply)
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  let received = 0
  const tooLong = (size: number): BodyError =>
    new BodyError(call, `answered with ${size} bytes or more, but 'maxBytes' is ${maxBytes}`)

  async function next(): Promise<Uint8Array | undefined> {
    if (total !== undefined && total > maxBytes) throw tooLong(total)
    const { idle } = watch
    const stop =
      idle === undefined ? undefined : watch.time.after(idle, () => watch.giveUp(new TimeoutError(call, 'idle', idle)))
    try {
      // Not before: of a body that nobody has begun to read, the platform lets go with the reply.
      reader ??= reply.body?.getReader()
      return reader && (await until(reader.read(), signal)).value
    } catch (error) {
      const reason = signal.aborted ? signal.reason : error
      throw connectionFault(call, `was cut off after ${received} bytes of the reply`, reason)
    } finally {
      stop?.()
    }
  }

  const fail = (error: unknown): never => {
    watch.giveUp(error)
    void reader?.cancel(error).catch(() => {})
    throw error
  }

  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const part = await next().catch(fail)
        if (part === undefined) return controller.close()
        received += part.byteLength
        if (received > maxBytes) fail(tooLong(received))
        onDownload?.({ received, total })
        controller.enqueue(part)
      },
      cancel: (reason) => (reader ?? reply.body)?.cancel(reason),
    },
    // Nothing is read before somebody asks for it.
    { highWaterMark: 0 },
  )
}

function lengthOf({ body, headers }: Response): number | undefined {
  const length = headers.get('content-length')
  // The length is that of the compressed body.
  return body === null || length === null || headers.has('content-encoding') ? undefined : Number(length)
}
