import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { problem } from '../../kernel/problem.ts'
import type { Connection } from './connection.ts'
import type { Firmness } from './firmness.ts'
import { lookEvery } from './timeouts.ts'

/** How far a body had come when it was looked at. */
interface Progress {
  readonly since: number
  readonly bytes: number
}

/**
 * Looks at the connections from time to time, and ends those whose clients send a body, or take a reply, too slowly.
 * Requests themselves start no timers for it. Returns how to stop.
 */
export function patrol(connections: ReadonlyMap<Duplex, Connection>, { timeouts, limits }: Firmness): () => void {
  const bodies = new WeakMap<Connection, Progress>()
  const owed = (limits.bodyRate * timeouts.body) / 1000
  const armed = new WeakSet<Duplex>()

  const look = (): void => {
    const now = performance.now()
    for (const [duplex, connection] of connections) {
      const socket = duplex as Socket
      if (timeouts.body > 0) watchBody(connection, socket, now)
      // Node's own timer knows how much of one large write the client has taken.
      if (timeouts.reply > 0 && socket.writableLength > 0) {
        if (!armed.has(socket)) socket.setTimeout(timeouts.reply)
        armed.add(socket)
      } else armed.delete(socket)
    }
  }

  const watchBody = (connection: Connection, socket: Socket, now: number): void => {
    if (!isReading(connection, socket)) {
      bodies.delete(connection)
      return
    }
    const seen = bodies.get(connection)
    if (seen !== undefined && now - seen.since < timeouts.body) return
    if (seen === undefined || socket.bytesRead - seen.bytes >= owed) {
      bodies.set(connection, { since: now, bytes: socket.bytesRead })
    } else if (connection.busy) connection.break(problem('request_timeout', 'The body came too slowly'))
    else socket.destroy()
  }

  const timer = setInterval(look, lookEvery(timeouts.body, timeouts.reply))
  timer.unref()
  return () => clearInterval(timer)
}

/** Whether a body is on its way that somebody here waits for: while nobody reads, it is not the client that is slow. */
function isReading({ request, fault }: Connection, socket: Socket): boolean {
  if (request === undefined || request.complete || fault !== undefined) return false
  return request.readableFlowing !== null && !socket.isPaused()
}

/** Ends a connection on which nothing has moved for its time, unless it is this side that is working. */
export function endStalled(socket: Duplex, connection: Connection): void {
  if (socket.writableLength > 0 || connection.idle) socket.destroy()
}
