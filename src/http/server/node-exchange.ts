import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClientCertificate } from '../../kernel/attempt.ts'
import { problem } from '../../kernel/problem.ts'
import { shownOn } from '../edge/client-certificate.ts'
import type { Edge } from '../edge/edge.ts'
import { type Content, Exchange } from '../exchange.ts'
import { bodyTooLarge } from '../input/body-too-large.ts'
import { discard } from '../reply/discard.ts'
import { bodyStream } from './body-stream.ts'
import type { Connection } from './connection.ts'
import { pump } from './pump.ts'

/** So much of a body that nobody wants is read and dropped, which costs less than a new connection; in bytes. */
const drainable = 16 * 1024 * 1024

/** An exchange over a socket. */
export class NodeExchange extends Exchange {
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #connection: Connection
  readonly #number: number
  #readsBody: boolean = false
  #drains: boolean = false

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    newCid: () => string,
    edge?: Edge,
  ) {
    super(request.method as string, request.url as string, request.headers['x-correlation-id'], newCid, edge)
    this.#request = request
    this.#response = response
    this.#connection = connection
    this.#number = ++connection.begun
  }

  get headers(): IncomingMessage['headers'] {
    return this.#request.headers
  }

  get remoteAddress(): string | undefined {
    return this.#request.socket.remoteAddress
  }

  override get ownScheme(): string {
    return 'encrypted' in this.#request.socket ? 'https' : 'http'
  }

  override get ownCertificate(): ClientCertificate | undefined {
    return shownOn(this.#request.socket)
  }

  get bodyLength(): number | undefined {
    const { headers } = this.#request
    return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : undefined
  }

  get gone(): boolean {
    return this.#response.destroyed && !this.#response.writableFinished
  }

  readBody(limit: number): Promise<Uint8Array> {
    const request = this.#request
    const connection = this.#connection
    if ((this.bodyLength ?? 0) > limit) return Promise.reject(bodyTooLarge(limit))
    this.#readsBody = true
    if (this.#waitsForContinue()) this.#response.writeContinue()
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      let size = 0
      const take = (chunk: Buffer): void => {
        size += chunk.length
        if (size <= limit) {
          chunks.push(chunk)
          return
        }
        this.#drain()
        request.off('data', take)
        reject(bodyTooLarge(limit))
      }
      request.on('data', take)
      request.on('end', () => {
        // The next request may have begun before this is told of.
        if (connection.onFault === reject) connection.onFault = undefined
        resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))
      })
      request.on('error', () => reject(problem('malformed_request', 'The body was cut off')))
      connection.onFault = reject
      if (connection.fault !== undefined) reject(connection.fault)
    })
  }

  async *streamBody(): AsyncGenerator<Uint8Array> {
    if (this.bodyLength === 0) return
    if (this.#readsBody || this.#drains) throw new Error('The body of a request can be read once, and before its reply')
    this.#readsBody = true
    if (this.#waitsForContinue()) this.#response.writeContinue()
    const stream = bodyStream(this.#request, this.#connection)
    const leave = (): void => {
      stream.stop()
      if (!this.#request.readableEnded) this.#drain()
    }
    // Whoever begins to read and then forgets about it must not hold up the next request.
    this.onFinish(leave)
    try {
      for (let chunk = await stream.next(); chunk !== undefined; chunk = await stream.next()) yield chunk
    } finally {
      leave()
    }
  }

  onAbort(listener: () => void): void {
    if (this.gone) listener()
    else
      this.#response.once('close', () => {
        if (this.gone) listener()
      })
  }

  onFinish(listener: () => void): void {
    if (this.#response.closed) listener()
    else this.#response.once('close', listener)
  }

  override onStop(listener: () => void): void {
    this.onFinish(this.#connection.onStop(listener))
  }

  override drop(): void {
    this.#request.socket.destroy()
  }

  send(status: number, headers: string[], body: Content): void {
    const response = this.#response
    // The beginning of another reply is out already: all that is left is to not let it pass for a whole one.
    if (response.headersSent) {
      response.destroy()
      return
    }
    const withBody = this.bodyLength !== 0
    const bodyIsWhole = !withBody || this.#request.complete
    if (this.#connection.endsWith(this.#number, bodyIsWhole)) {
      this.#connection.ended = true
      headers.push('Connection', 'close')
    }
    response.writeHead(status, headers)
    const drops = withBody && !this.#readsBody
    const isHead = this.method === 'HEAD'
    if (isHead) discard(body)
    if (isHead || body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
      if (drops) this.#drain()
      response.end(isHead ? undefined : body)
      this.#connection.replied()
      return
    }
    // A reply that comes in parts may be made of what the request brings.
    if (drops) this.onFinish(() => this.#readsBody || this.#drain())
    this.onFinish(() => this.#connection.replied())
    void pump(body, response)
  }

  /** Reads what is left of the body and drops it, so that the connection can serve on; too long a rest ends it. */
  #drain(): void {
    if (this.#drains) return
    this.#drains = true
    const request = this.#request
    let size = 0
    this.#connection.draining++
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > drainable) request.destroy()
    })
    request.on('end', () => {
      this.#connection.draining--
    })
    request.resume()
  }

  /** HTTP/1.0 has no interim replies (RFC 9110, 15.2). */
  #waitsForContinue(): boolean {
    const { headers, httpVersion } = this.#request
    return headers.expect !== undefined && httpVersion === '1.1' && /\b100-continue\b/i.test(headers.expect)
  }
}
