import type { Duplex } from 'node:stream'
import type { ProblemCode } from '../kernel/catalogue.ts'
import { problem } from '../kernel/problem.ts'
import { problemBody, problemType } from './problem-body.ts'

const codes: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}

/** Answers bytes that are no HTTP request, as far as the client still listens, and closes the connection. */
export function refuseConnection(error: Error & { readonly code?: string }, socket: Duplex, cid: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const refusal = problem(codes[error.code ?? ''] ?? 'malformed_request')
  const body = JSON.stringify(problemBody(refusal, cid, false))
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${refusal.title}`,
      `Content-Type: ${problemType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Correlation-ID: ${cid}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
