import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket, WebSocketServer } from 'ws'
import type { Edge } from '../edge/edge.ts'
import type { Connection } from './connection.ts'
import { endSlowly } from './end-slowly.ts'
import { NodeExchange } from './node-exchange.ts'
import { http } from './node-http.ts'

/** An exchange whose client wants to go on with another protocol; a reply of its own ends the connection. */
export class UpgradeExchange extends NodeExchange {
  readonly #request: IncomingMessage
  readonly #socket: Duplex
  readonly #head: Buffer
  readonly #connection: Connection
  readonly #leave: () => void
  /** Whether the other protocol is spoken. */
  upgraded: boolean = false

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    head: Buffer,
    connection: Connection,
    newCid: () => string,
    edge?: Edge,
  ) {
    super(request, response, connection, newCid, edge)
    this.#request = request
    this.#socket = request.socket
    this.#head = head
    this.#connection = connection
    // The HTTP server no longer looks whether the client is there.
    this.#leave = () => void (response.headersSent || this.#socket.destroy())
    this.#socket.once('end', this.#leave)
  }

  /** Answers 101, and speaks WebSocket from there on. */
  upgrade(server: WebSocketServer): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const gone = (): void => reject(new DOMException('the client went away', 'AbortError'))
      if (this.#socket.destroyed) return gone()
      this.#socket.off('end', this.#leave).once('close', gone)
      const accept = (headers: string[]): void => {
        if (!headers.some((each) => each.startsWith('X-Correlation-ID'))) headers.push(`X-Correlation-ID: ${this.cid}`)
      }
      server.once('headers', accept)
      server.handleUpgrade(this.#request, this.#socket, this.#head, (peer) => {
        this.upgraded = true
        this.#socket.off('close', gone)
        // A client that breaks the protocol is told so by the library, which closes with the code for it.
        peer.on('error', () => {})
        resolve(peer)
      })
      // It is still there when the library has refused the handshake.
      server.off('headers', accept)
    })
  }

  /** Ends the work on the exchange: what was upgraded no longer holds up a stop. */
  end(): void {
    if (this.upgraded) this.#connection.replied()
  }

  /** Ends the connection at once. */
  cut(): void {
    this.#socket.destroy()
  }
}

/** Whether a request asks to go on with WebSocket, and with nothing else (RFC 6455, 4.1). */
export function isHandshake({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'
}

/** A reply on a socket that the HTTP server has let go of; it ends the connection. */
export function lastReply(request: IncomingMessage): ServerResponse {
  const { socket } = request
  const response = new http.ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  socket.on('error', () => {})
  response.once('finish', () => endSlowly(socket))
  return response
}
