import type { IncomingMessage } from 'node:http'
import { type Problem, problem } from '../../kernel/problem.ts'
import type { Connection } from './connection.ts'

/** A body while it is read. */
export interface BodyStream {
  /** The next bytes; undefined at the end. @throws Problem `malformed_request` when there will be no end. */
  readonly next: () => Promise<Uint8Array | undefined>
  /** Stops reading: whoever waits for more is told that the body was cut off. */
  readonly stop: () => void
}

/** Reads the body of a request chunk by chunk; while none is asked for, the client has to wait. */
export function bodyStream(request: IncomingMessage, connection: Connection): BodyStream {
  const chunks: Uint8Array[] = []
  let failure: Problem | undefined
  let ended = false
  let wake = (): void => {}
  const take = (chunk: Buffer): void => {
    chunks.push(chunk)
    request.pause()
    wake()
  }
  const end = (): void => {
    ended = true
    stop()
  }
  const fail = (reason: Problem): void => {
    failure ??= reason
    stop()
  }
  const cutOff = (): void => fail(problem('malformed_request', 'The body was cut off'))
  const stop = (): void => {
    if (!ended) failure ??= problem('malformed_request', 'The body was cut off')
    request.off('data', take)
    request.off('end', end)
    // A connection that breaks later must not be an error that nobody listens to.
    if (connection.onFault === fail) connection.onFault = undefined
    wake()
  }
  request.on('data', take)
  request.on('end', end)
  request.on('error', cutOff)
  request.on('close', cutOff)
  connection.onFault = fail
  if (connection.fault !== undefined) fail(connection.fault)
  if (request.destroyed && !request.readableEnded) cutOff()

  return {
    next: async () => {
      for (;;) {
        const chunk = chunks.shift()
        if (chunk !== undefined) return chunk
        if (ended) return undefined
        if (failure !== undefined) throw failure
        await new Promise<void>((resolve) => {
          wake = resolve
          request.resume()
        })
      }
    },
    stop,
  }
}
