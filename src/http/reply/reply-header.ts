import { http } from '../server/node-http.ts'

/** Headers that frame the message (RFC 9112): a service that set them could make one reply look like two. */
const framing: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'trailer',
  'transfer-encoding',
])

/** @throws TypeError for a name or value that HTTP does not allow, and for a header that only the server may set. */
export function checkReplyHeader(name: string, value: string): void {
  http.validateHeaderName(name)
  http.validateHeaderValue(name, value)
  if (framing.has(name.toLowerCase())) throw new TypeError(`The header ${name} is the server's to set`)
}

/** Why a header cannot be set; undefined for one that can. */
export function headerFault(name: string, value: string): string | undefined {
  try {
    checkReplyHeader(name, value)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return undefined
}

/** Adds headers, names and values in turn; one that is there already is replaced, except Set-Cookie. */
export function addHeaders(headers: string[], more: readonly string[]): void {
  for (let at = 0; at < more.length; at += 2) {
    const name = more[at] as string
    const value = more[at + 1] as string
    const lower = name.toLowerCase()
    const known =
      lower === 'set-cookie' ? -1 : headers.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === lower)
    if (known === -1) headers.push(name, value)
    else headers[known + 1] = value
  }
}
