import type { OutgoingRequest } from './layer.ts'

/** The request with one header more, or another value of it; the request that was given stays as it is. */
export function withHeader(request: OutgoingRequest, name: string, value: string): OutgoingRequest {
  const headers = new Headers(request.headers)
  setHeader(headers, name, value)
  return { ...request, headers }
}

/** Sets a header. @throws TypeError that names it, but not its value, which may be a secret */
export function setHeader(headers: Headers, name: string, value: string, how: 'set' | 'append' = 'set'): void {
  try {
    headers[how](name, value)
  } catch {
    throw new TypeError(`The header '${name}' cannot be sent: headers take Latin-1 characters, and no line breaks`)
  }
}
