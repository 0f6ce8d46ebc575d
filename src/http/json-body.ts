import { isUtf8 } from 'node:buffer'
import { problem } from '../kernel/problem.ts'

/** How deep lists and objects may be nested in a body. */
export const deepestNesting = 256

const jsonType = /^application\/(?:[\w.!#$&^+-]+\+)?json\s*(?:;|$)/i
const otherCharset = /;\s*charset\s*=\s*"?(?!utf-?8"?\s*(?:;|$))/i

/** Whether a Content-Type names JSON in UTF-8 (RFC 8259, RFC 6839). */
export function isJsonType(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true
  return contentType !== undefined && jsonType.test(contentType) && !otherCharset.test(contentType)
}

/**
 * Reads a JSON body (RFC 8259). Of a key that comes twice the last value counts, as in ECMAScript; the key
 * `__proto__` is dropped at every level, so that no later copy of the value can reach a prototype.
 *
 * @throws Problem `malformed_body` for what is no JSON or no UTF-8, `nesting_too_deep` beyond 256 levels.
 */
export function readJson(bytes: Uint8Array): unknown {
  if (!isUtf8(bytes)) throw problem('malformed_body', 'The body is not valid UTF-8')
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  // Whatever is deep enough to exceed the limit is at least this long.
  if (text.length > 2 * deepestNesting && nesting(text) > deepestNesting) {
    throw problem('nesting_too_deep', `The body may nest lists and objects ${deepestNesting} levels deep`)
  }
  try {
    const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
    return mayHoldProto(json) ? JSON.parse(json, withoutProto) : JSON.parse(json)
  } catch (error) {
    throw problem('malformed_body', `The body is not valid JSON${position(error, text)}`)
  }
}

/** The name may also be written with escapes, of which those below U+0100 matter here. */
function mayHoldProto(json: string): boolean {
  return json.includes('__proto__') || json.includes('\\u00')
}

function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value
}

function position(error: unknown, text: string): string {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  if (at === undefined) return text.trim() === '' ? ': it is empty' : ': it ends too early'
  const before = text.slice(0, Number(at))
  return `: line ${before.split('\n').length}, column ${Number(at) - before.lastIndexOf('\n')}`
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
