import type { Duplex } from 'node:stream'
import type { ProblemCode } from '../../kernel/catalogue.ts'
import { type Problem, problem } from '../../kernel/problem.ts'
import { problemBody, problemType } from '../reply/problem-body.ts'
import type { Connection } from './connection.ts'

const codes: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}

/** For so long a refused client may take to read its answer and close the connection, in milliseconds. */
const patience = 1000

/** Ends a connection on which no further request can be read; what has begun on it is still answered. */
export function endConnection(
  error: Error & { readonly code?: string },
  socket: Duplex,
  connection: Connection,
  cid: string,
): void {
  if (!socket.writable) return
  const fault = problem(codes[error.code ?? ''] ?? 'malformed_request')
  if (connection.busy) connection.break(fault)
  // What cannot be read is the rest of a request that has its answer.
  else if (connection.draining > 0) socket.end(() => socket.destroy())
  else refuseConnection(fault, socket, cid)
}

/** Answers with a problem outside of any request, and ends the connection. */
export function refuseConnection(refusal: Problem, socket: Duplex, cid: string): void {
  const body = JSON.stringify(problemBody(refusal, cid, false))
  const headers = {
    'Content-Type': problemType,
    'Content-Length': Buffer.byteLength(body),
    'X-Correlation-ID': cid,
    Connection: 'close',
    ...refusal.headers,
  }
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${refusal.status} ${refusal.title}\r\n${fields.join('')}\r\n${body}`)
  // Closing at once, over bytes that are still to be read, would reset the connection and could take the answer with it.
  setTimeout(() => socket.destroy(), patience).unref()
}
