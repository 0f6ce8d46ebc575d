import { once } from 'node:events'
import type { ClientOptions } from 'ws'
import { WebSocket } from 'ws'

/** How a conversation ended. */
export interface Closed {
  readonly code: number
  readonly reason: string
}

/** A client that keeps what it receives. */
export class Client implements AsyncDisposable {
  readonly socket: WebSocket
  readonly received: unknown[] = []
  readonly closed: Promise<Closed>
  #wake: () => void = () => {}

  private constructor(socket: WebSocket) {
    this.socket = socket
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    )
    socket.on('message', (data, isBinary) => {
      this.received.push(isBinary ? data : JSON.parse(String(data)))
      this.#wake()
    })
    socket.on('error', () => {})
  }

  /** Opens a connection. @throws Error when the handshake is refused. */
  static async open(url: string, protocols: string[] = [], options: ClientOptions = {}): Promise<Client> {
    const socket = new WebSocket(url.replace('http', 'ws'), protocols, options)
    const client = new Client(socket)
    await once(socket, 'open')
    return client
  }

  /** Sends a message as JSON, bytes as they are. */
  send(message: unknown): void {
    this.socket.send(message instanceof Uint8Array ? message : JSON.stringify(message))
  }

  /** Waits until so many messages have come. */
  async messages(count: number): Promise<readonly unknown[]> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.received
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate()
    await this.closed
  }
}

/** A frame from a client (RFC 6455, 5.2), masked with zeros unless told otherwise. */
export function frame(first: number, payload: Uint8Array, masked: boolean = true): Buffer {
  const mask = masked ? 0x80 : 0
  const length =
    payload.length < 126 ? [mask | payload.length] : [mask | 126, payload.length >> 8, payload.length & 255]
  return Buffer.concat([Buffer.from([first, ...length]), Buffer.alloc(masked ? 4 : 0), payload])
}

/** The headers of a handshake. */
export const handshake: Readonly<Record<string, string>> = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
}
