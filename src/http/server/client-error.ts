import type { Duplex } from 'node:stream'
import type { ProblemCode } from '../../kernel/catalogue.ts'
import { type Problem, problem } from '../../kernel/problem.ts'
import { uriTooLong } from '../edge/url-limits.ts'
import { errorRenderer, type RenderError } from '../errors/error-renderer.ts'
import type { Connection } from './connection.ts'
import { endSlowly } from './end-slowly.ts'
import type { Limits } from './limits.ts'
import { unknownMethod } from './unknown-method.ts'

/** What Node says of bytes that are no request. */
type ClientError = Error & { readonly code?: string; readonly rawPacket?: Buffer; readonly bytesParsed?: number }

const codes: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}

/** Ends a connection on which no further request can be read; what has begun on it is still answered. */
export function endConnection(
  error: ClientError,
  socket: Duplex,
  connection: Connection,
  cid: string,
  { urlBytes }: Limits,
  render?: RenderError,
): void {
  if (!socket.writable || connection.ended) return
  // A client that has said nothing is owed nothing (RFC 9110, 15.5.9).
  if (connection.begun === 0 && 'bytesRead' in socket && socket.bytesRead === 0) {
    socket.destroy()
    return
  }
  // What cannot be read is the rest of a request that has its answer.
  if (!connection.busy && connection.draining > 0) socket.end(() => socket.destroy())
  else endWith(faultOf(error, urlBytes), socket, connection, cid, render)
}

/** Ends a connection with a problem, behind all replies that are due on it: the last of those ends it without the problem. */
export function endWith(
  fault: Problem,
  socket: Duplex,
  connection: Connection,
  cid: string,
  render?: RenderError,
): void {
  const refuse = (): void => refuseConnection(fault, socket, cid, render)
  if (connection.busy) {
    connection.break(fault)
    // The last reply may have been made before those that it follows: then it is too late for it to end the connection.
    if (connection.response?.headersSent !== true) return
    connection.ended = true
    connection.response.once('finish', refuse)
    return
  }
  connection.ended = true
  if (connection.idle) refuse()
  // Replies follow each other, so that one that was made need not have left.
  else connection.response?.once('finish', refuse)
}

function faultOf(error: ClientError, urlBytes: number): Problem {
  if (isLongUrl(error, urlBytes)) return uriTooLong(urlBytes)
  const method = unknownMethod(error)
  if (method !== undefined) return problem('not_implemented', `The method ${method} is not implemented here`)
  return problem(codes[error.code ?? ''] ?? 'malformed_request')
}

/** Whether the headers are too large because of the URL in front of them. */
function isLongUrl({ code, rawPacket }: ClientError, most: number): boolean {
  if (code !== 'HPE_HEADER_OVERFLOW' || rawPacket === undefined) return false
  const start = rawPacket.subarray(0, 16).toString('latin1')
  const end = rawPacket.indexOf(10)
  return /^[A-Z]{1,10} [/h]/.test(start) && (end === -1 ? rawPacket.length : end) > most
}

/** Answers with a problem outside of any request, and ends the connection. */
export function refuseConnection(
  refusal: Problem,
  socket: Duplex,
  cid: string,
  render: RenderError = errorRenderer({}),
): void {
  const { status, type, body, headers: own } = render(refusal, { method: '', path: '', cid, type: undefined })
  const headers = {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'X-Correlation-ID': cid,
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
    ...own,
  }
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  endSlowly(socket, `HTTP/1.1 ${status} ${refusal.title}\r\n${fields.join('')}\r\n${body}`)
}
