import type { ServerResponse } from 'node:http'
import type { Content } from '../exchange.ts'
import { discard } from '../reply/discard.ts'

type Parts = Extract<Content, AsyncIterable<unknown>>

/**
 * Writes the parts of a body as they come, none before the client has taken what is buffered. A client that goes away
 * closes the source; a source that fails cuts the connection, so that what has left cannot pass for a whole reply.
 */
export async function pump(parts: Parts, response: ServerResponse): Promise<void> {
  if (response.destroyed) return discard(parts)
  const source = parts[Symbol.asyncIterator]()
  let ended = false
  const leave = (): void => {
    if (!ended) Promise.resolve(source.return?.()).catch(() => {})
  }
  response.once('close', leave)
  // Where the first part takes its time, the headers leave without it.
  const flush = setImmediate(() => response.flushHeaders())
  try {
    for (;;) {
      const { done, value } = await source.next()
      if (done === true || response.destroyed) break
      if (!response.write(value)) await drained(response)
      clearImmediate(flush)
      if (response.destroyed) break
    }
    ended = !response.destroyed
    response.end()
  } catch {
    ended = true
    response.destroy()
  } finally {
    clearImmediate(flush)
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go)
      response.off('close', go)
      resolve()
    }
    if (response.destroyed) return resolve()
    response.once('drain', go)
    response.once('close', go)
  })
}
