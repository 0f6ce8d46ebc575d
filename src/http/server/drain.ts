import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from './connection.ts'

/** For so long an idle connection is kept while stopping: a request may be on its way on it. In milliseconds. */
const linger = 500
const interval = 20

/**
 * Waits until the connections of a server that accepts no more are closed: the idle ones after a moment, the others when
 * their replies have left. Returns the number of those that had to be cut at the deadline, in milliseconds.
 */
export async function drain(
  connections: ReadonlyMap<Duplex, Connection>,
  closed: Promise<void>,
  deadline: number,
): Promise<number> {
  const began = performance.now()
  let done = false
  void closed.then(() => {
    done = true
  })
  while (!done) {
    const elapsed = performance.now() - began
    if (elapsed >= Math.min(linger, deadline)) closeIdle(connections)
    if (elapsed >= deadline) break
    await Promise.race([closed, wait(interval)])
  }
  const left = [...connections.keys()].filter((socket) => !socket.destroyed)
  for (const socket of left) socket.destroy()
  await closed
  return left.length
}

/** Closes the connections on which nothing is due: all is answered, and the last byte of it has left. */
function closeIdle(connections: ReadonlyMap<Duplex, Connection>): void {
  for (const [socket, { idle }] of connections) {
    if (idle && socket.writableLength === 0) socket.destroy()
  }
}
