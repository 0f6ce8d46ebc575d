import { isProblem } from '../../kernel/problem.ts'

/** How a conversation ends: a status code (RFC 6455, 7.4) and a reason. */
export interface Close {
  readonly code: number
  readonly reason: string
}

/** A reason has to fit a control frame beside its code; in bytes. */
const longest = 123

/** How a conversation ends after an error; a reason tells no more than a problem would. */
export function closeFor(error: unknown, cid: string): Close {
  if (!isProblem(error) || (error.status >= 500 && error.status !== 503)) return close(1011, `internal_error ${cid}`)
  const { code, detail, title, status, findings } = error
  const [first] = findings ?? []
  const what = first === undefined ? (detail ?? title) : `${first.path} ${first.message}`
  return close(status === 503 || status === 429 ? 1013 : 1008, `${code}: ${what}`)
}

/** A code with a reason cut to what fits. */
export function close(code: number, reason: string): Close {
  let text = reason
  while (Buffer.byteLength(text) > longest) text = text.slice(0, -1)
  return { code, reason: text }
}
