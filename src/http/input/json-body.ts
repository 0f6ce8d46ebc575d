import { type Problem, problem } from '../../kernel/problem.ts'
import { parseJson } from '../../schema/plain-json.ts'
import { jsonFault } from './json-fault.ts'

/** How deep lists and objects may be nested in a body where nothing else is said. */
export const deepestNesting = 256

/**
 * Reads a JSON body (RFC 8259). Of a key that comes twice the last value counts, as in ECMAScript; the key
 * `__proto__` is dropped at every level.
 *
 * @param deepest how deep lists and objects may be nested.
 * @throws Problem `malformed_body` for what is no JSON or no UTF-8, `nesting_too_deep` beyond `deepest` levels.
 */
export function readJson(bytes: Uint8Array, deepest: number = deepestNesting): unknown {
  const text = readText(bytes)
  if (mayNestDeep(text, deepest) && nesting(text) > deepest) throw tooDeep(deepest)
  try {
    return parseJson(text)
  } catch {
    const at = jsonFault(text)
    throw problem('malformed_body', `The body is not valid JSON: ${place(text, at)}`, { params: { at } })
  }
}

/** The problem of a body that nests lists and objects deeper than it may. */
export function tooDeep(deepest: number): Problem {
  return problem('nesting_too_deep', `The body may nest lists and objects ${deepest} levels deep`)
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

function place(text: string, at: number): string {
  if (at === text.length) return text.trim() === '' ? 'it is empty' : 'it ends too early'
  const before = text.slice(0, at)
  return `line ${before.split('\n').length}, column ${at - before.lastIndexOf('\n')}`
}

/** Whether enough lists and objects begin at all: looking for that is far cheaper than telling texts from brackets. */
function mayNestDeep(text: string, deepest: number): boolean {
  if (text.length <= deepest) return false
  let begun = 0
  for (const mark of '[{') {
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
      if (++begun > deepest) return true
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
