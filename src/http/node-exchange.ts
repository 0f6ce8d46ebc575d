import type { IncomingMessage, ServerResponse } from 'node:http'
import { problem } from '../kernel/problem.ts'
import { bodyTooLarge } from './body-too-large.ts'
import { Exchange } from './exchange.ts'

/** What a connection should know of the server that holds it. */
export interface Lifetime {
  /** Whether the server is stopping, so that each reply ends its connection. */
  readonly stopping: boolean
}

/** A refused body of up to so many bytes is read and dropped, which costs less than a new connection. */
const drainable = 16 * 1024 * 1024

/** An exchange over a socket. */
export class NodeExchange extends Exchange {
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #lifetime: Lifetime
  #last: boolean = false

  constructor(request: IncomingMessage, response: ServerResponse, lifetime: Lifetime, newCid: () => string) {
    super(request.method as string, request.url as string, request.headers['x-correlation-id'], newCid)
    this.#request = request
    this.#response = response
    this.#lifetime = lifetime
  }

  get headers(): IncomingMessage['headers'] {
    return this.#request.headers
  }

  get remoteAddress(): string | undefined {
    return this.#request.socket.remoteAddress
  }

  get hasBody(): boolean {
    const { headers } = this.#request
    return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  }

  readBody(limit: number): Promise<Uint8Array> {
    const request = this.#request
    const { headers } = request
    const length = Number(headers['content-length'] ?? 0)
    if (length > limit) {
      this.#last = length > drainable
      return Promise.reject(bodyTooLarge(limit))
    }
    if (headers.expect !== undefined) this.#response.writeContinue()
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      let size = 0
      request.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= limit) chunks.push(chunk)
        else reject(bodyTooLarge(limit))
        if (size > limit + drainable) request.destroy()
      })
      request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
      request.on('error', () => reject(problem('malformed_request', 'The body was cut off')))
    })
  }

  onAbort(listener: () => void): void {
    const response = this.#response
    response.once('close', () => {
      if (!response.writableFinished) listener()
    })
  }

  send(status: number, headers: string[], body: string | Uint8Array | undefined): void {
    if (this.#last || this.#lifetime.stopping) headers.push('Connection', 'close')
    this.#response.writeHead(status, headers)
    this.#response.end(body)
  }
}
