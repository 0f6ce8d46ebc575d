import type { OutgoingRequest } from './layer.ts'

/** The request with one header more, or another value of it; the request that was given stays as it is. */
export function withHeader(request: OutgoingRequest, name: string, value: string): OutgoingRequest {
  const headers = new Headers(request.headers)
  headers.set(name, value)
  return { ...request, headers }
}
