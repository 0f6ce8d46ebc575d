import type { WebSocket } from 'ws'
import type { ItemStream } from '../../kernel/item-stream.ts'
import { StreamEvent } from '../../kernel/stream-event.ts'
import { type Close, close } from './close.ts'

/** So much may wait to be sent before the next item is asked for, in bytes. */
const highWaterMark = 64 * 1024

interface ConversationOptions {
  readonly socket: WebSocket
  readonly stream: ItemStream
  /** Takes what the client sends: a message that is whole. */
  readonly receive: ((message: Buffer) => void) | undefined
  /** Whether its messages are bytes, and not texts. */
  readonly binary: boolean
  readonly messageRate: number | undefined
  /** In milliseconds. */
  readonly keepAlive: number
  /** What an error means to the client. */
  readonly closeFor: (error: unknown) => Close
}

/** Sends the items of a stream as messages until it ends, and hands on what comes; the end of either ends the other. */
export async function converse({ socket, stream, ...options }: ConversationOptions): Promise<void> {
  const { receive, binary, messageRate, keepAlive, closeFor } = options
  const end = ({ code, reason }: Close): void => socket.close(code, reason)
  const allow = messageRate === undefined ? undefined : tokenBucket(messageRate)
  const stopPings = keepPinging(socket, keepAlive)
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (socket.readyState !== socket.OPEN) return
    if (receive === undefined) return end(close(1003, 'This channel takes no messages'))
    if (isBinary !== binary) return end(close(1003, `Send messages as ${binary ? 'bytes' : 'JSON texts'}`))
    if (allow?.() === false) return end(close(1008, `At most ${messageRate} messages a second`))
    receive(data)
  })
  socket.once('close', () => {
    stopPings()
    stream.return().catch(() => {})
  })
  try {
    for (;;) {
      const { done, value } = await stream.take()
      if (done === true) break
      if (socket.readyState !== socket.OPEN) {
        await stream.return()
        break
      }
      await send(socket, messageOf(value instanceof StreamEvent ? value.data : value))
    }
    end(close(1000, ''))
  } catch (error) {
    end(closeFor(error))
  }
}

/** Bytes are sent as they are, anything else as JSON. */
function messageOf(item: unknown): string | Uint8Array {
  return item instanceof Uint8Array ? item : (JSON.stringify(item) ?? 'null')
}

/** Waits only where more is buffered than should be. */
function send(socket: WebSocket, message: string | Uint8Array): Promise<void> | undefined {
  if (socket.bufferedAmount < highWaterMark) {
    socket.send(message, () => {})
    return undefined
  }
  return new Promise((resolve) => {
    socket.once('close', resolve)
    socket.send(message, () => {
      socket.off('close', resolve)
      resolve()
    })
  })
}

/** Pings from time to time, and cuts off a client that has not answered by the next ping; returns how to stop. */
function keepPinging(socket: WebSocket, every: number): () => void {
  let alive = true
  const live = (): void => {
    alive = true
  }
  socket.on('pong', live)
  socket.on('message', live)
  const timer = setInterval(() => {
    // What a client answers while it has to wait is not read.
    if (!alive && !socket.isPaused) return socket.terminate()
    alive = false
    socket.ping()
  }, every)
  timer.unref()
  return () => clearInterval(timer)
}

/** Lets through so many a second, and so many at once. */
function tokenBucket(rate: number): () => boolean {
  let tokens = rate
  let at = performance.now()
  return () => {
    const now = performance.now()
    tokens = Math.min(rate, tokens + ((now - at) * rate) / 1000)
    at = now
    if (tokens < 1) return false
    tokens--
    return true
  }
}
