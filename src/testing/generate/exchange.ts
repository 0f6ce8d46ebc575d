import type { SeenReply, SentRequest } from './result.ts'
import type { Send } from './settings.ts'

/** Sends a request and waits for all of the reply; one that does not come in time has status 0. */
export type Exchange = (request: SentRequest) => Promise<Received>

/** A reply, and its body as it came. */
export interface Received {
  readonly reply: SeenReply
  readonly bytes: Uint8Array
}

/** How much of a body is read. */
const largest = 4_000_000

/** Makes what sends requests to an address. */
export function createExchange(options: {
  readonly send: Send
  readonly address: string
  readonly timeout: number
  readonly signal: AbortSignal | undefined
  readonly now: () => number
}): Exchange {
  const { send, address, timeout, signal, now } = options
  return async ({ method, target, headers, body }) => {
    const began = now()
    const limit = AbortSignal.any([AbortSignal.timeout(timeout), ...(signal === undefined ? [] : [signal])])
    const received = (status: number, headers: SeenReply['headers'], bytes: Uint8Array): Received => {
      const body = new TextDecoder().decode(bytes)
      return { reply: { status, headers, body, milliseconds: Math.round(now() - began) }, bytes }
    }
    const none = (why: string): Received => received(0, {}, new TextEncoder().encode(why))
    try {
      const request = new Request(`${address}${target}`, {
        method,
        headers,
        redirect: 'manual',
        signal: limit,
        ...(body === undefined ? {} : { body }),
      })
      // No server sets a type that the client has not: `Request` does for texts.
      if (body !== undefined && headers['content-type'] === undefined) request.headers.delete('content-type')
      const reply = await before(limit, send(request))
      return received(reply.status, Object.fromEntries(reply.headers), await bytesOf(reply, limit))
    } catch (error) {
      signal?.throwIfAborted()
      return none(limit.aborted ? `no reply within ${timeout / 1000} s` : `no reply: ${messageOf(error)}`)
    }
  }
}

/** What an error says, with the reason that the network gave. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const reason = error.cause instanceof Error ? error.cause.message : ''
  return reason === '' ? error.message : `${error.message} (${reason})`
}

async function before<T>(limit: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(limit.reason)
  limit.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    limit.removeEventListener('abort', stop)
  }
}

async function bytesOf(reply: Response, limit: AbortSignal): Promise<Uint8Array> {
  if (reply.body === null) return new Uint8Array()
  const reader = reply.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    while (size < largest) {
      const { value, done } = await before(limit, reader.read())
      if (done) return Buffer.concat(chunks)
      size += value.byteLength
      chunks.push(value)
    }
  } catch (error) {
    // A stream without an end has answered all the same.
    if (!limit.aborted) throw error
  }
  // What is wrong with the rest of a reply that nobody reads is of no interest.
  await reader.cancel().catch(() => undefined)
  return Buffer.concat(chunks)
}
