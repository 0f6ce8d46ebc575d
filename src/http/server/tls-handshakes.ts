import type { Server } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Connection } from './connection.ts'

/**
 * Keeps account of the connections of an https server: before the handshake is done (RFC 8446, 2) it is the bare connection
 * that counts, and that is closed when the server stops; from there on it is the one inside.
 */
export function watchHandshakes(
  server: Server,
  connections: Map<Duplex, Connection>,
  connectionOf: (socket: Duplex) => Connection,
  most: number,
): void {
  const bare = new Map<string, Socket>()
  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket)
    connectionOf(socket)
    bare.set(peer, socket)
    socket.once('close', () => {
      if (bare.get(peer) === socket) bare.delete(peer)
    })
    // There is no answer that the client could read.
    if (connections.size > most) socket.destroy()
  })
  server.on('secureConnection', (socket) => {
    const outer = bare.get(peerOf(socket))
    if (outer !== undefined) connections.delete(outer)
    connectionOf(socket)
    // Whoever has shown a certificate stays who he is (RFC 5246, 7.4.1.1).
    socket.disableRenegotiation()
  })
}

/** The other end; Node does not tell which bare connection a secure one is in. */
function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
