import type { Duplex } from 'node:stream'

/** For so long a client may take to read its last answer and close the connection, in milliseconds. */
const patience = 1000

/**
 * Ends a connection with its last bytes. Closing at once, over bytes that are still to be read, would reset the
 * connection and could take the answer with it; so they are read and dropped, but not for long.
 */
export function endSlowly(socket: Duplex, last?: string): void {
  socket.end(last)
  socket.resume()
  setTimeout(() => socket.destroy(), patience).unref()
}
