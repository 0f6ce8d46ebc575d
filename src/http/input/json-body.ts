import { problem } from '../../kernel/problem.ts'
import { jsonFault } from './json-fault.ts'

/** How deep lists and objects may be nested in a body. */
export const deepestNesting = 256

const jsonType = /^application\/(?:[\w.!#$&^+-]+\+)?json\s*(?:;|$)/i
const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i

/** Whether a Content-Type names JSON in UTF-8 (RFC 8259, RFC 6839). */
export function isJsonType(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true
  return (
    contentType !== undefined &&
    jsonType.test(contentType) &&
    /^utf-?8$/i.test(charset.exec(contentType)?.[1] ?? 'utf-8')
  )
}

/**
 * Reads a JSON body (RFC 8259). Of a key that comes twice the last value counts, as in ECMAScript; the key
 * `__proto__` is dropped at every level, so that no later copy of the value can reach a prototype.
 *
 * @throws Problem `malformed_body` for what is no JSON or no UTF-8, `nesting_too_deep` beyond 256 levels.
 */
export function readJson(bytes: Uint8Array): unknown {
  const text = readText(bytes)
  if (mayNestDeep(text) && nesting(text) > deepestNesting) {
    throw problem('nesting_too_deep', `The body may nest lists and objects ${deepestNesting} levels deep`)
  }
  try {
    return mayHoldProto(text) ? JSON.parse(text, withoutProto) : JSON.parse(text)
  } catch {
    const at = jsonFault(text)
    throw problem('malformed_body', `The body is not valid JSON: ${place(text, at)}`, { params: { at } })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The text of a body, without the byte order mark that RFC 8259 allows to ignore. */
function readText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw problem('malformed_body', 'The body is not valid UTF-8')
  }
}

/** The name may also be written with escapes of its letters. */
function mayHoldProto(json: string): boolean {
  return json.includes('__proto__') || (json.includes('\\u00') && /\\u00(?:5f|6f|7[024])/i.test(json))
}

function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value
}

function place(text: string, at: number): string {
  if (at === text.length) return text.trim() === '' ? 'it is empty' : 'it ends too early'
  const before = text.slice(0, at)
  return `line ${before.split('\n').length}, column ${at - before.lastIndexOf('\n')}`
}

/** Whether enough lists and objects begin at all: looking for that is far cheaper than telling texts from brackets. */
function mayNestDeep(text: string): boolean {
  if (text.length <= deepestNesting) return false
  let begun = 0
  for (const mark of '[{') {
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
      if (++begun > deepestNesting) return true
    }
  }
  return false
}

/** The greatest number of lists and objects that are open at once. */
function nesting(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 92) at++
      else if (code === 34) inString = false
    } else if (code === 34) inString = true
    else if (code === 91 || code === 123) {
      depth++
      if (depth > deepest) deepest = depth
    } else if (code === 93 || code === 125) depth--
  }
  return deepest
}
