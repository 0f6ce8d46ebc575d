const blank = /[\t\n\r ]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const escaped = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y

/** What may stand where the reader is. */
type Awaited = 'value' | 'first item' | 'name' | 'first name' | 'colon' | 'rest'

/**
 * Where a text stops being JSON (RFC 8259): the offset of the first character that cannot stand there; the length of
 * the text where more would have to follow. Engines say so in words of their own, and not always.
 */
export function jsonFault(text: string): number {
  const open: ('}' | ']')[] = []
  let awaited: Awaited = 'value'
  for (let at = after(blank, text, 0); at < text.length; at = after(blank, text, at)) {
    const mark = text[at]
    if (awaited === 'rest') {
      const close = open.at(-1)
      if (close === undefined || (mark !== ',' && mark !== close)) return at
      if (mark === close) open.pop()
      else awaited = close === '}' ? 'name' : 'value'
      at++
    } else if (awaited === 'colon') {
      if (mark !== ':') return at
      awaited = 'value'
      at++
    } else if ((mark === ']' && awaited === 'first item') || (mark === '}' && awaited === 'first name')) {
      open.pop()
      awaited = 'rest'
      at++
    } else if (awaited === 'name' || awaited === 'first name') {
      const { end, whole } = mark === '"' ? quoted(text, at) : { end: at, whole: false }
      if (!whole) return end
      awaited = 'colon'
      at = end
    } else if (mark === '{' || mark === '[') {
      open.push(mark === '{' ? '}' : ']')
      awaited = mark === '{' ? 'first name' : 'first item'
      at++
    } else {
      const { end, whole } = scalar(text, at)
      if (!whole) return end
      awaited = 'rest'
      at = end
    }
  }
  return text.length
}

/** How far a text, number or word reaches, and whether it is there in full. */
interface Reach {
  readonly end: number
  readonly whole: boolean
}

function scalar(text: string, at: number): Reach {
  const mark = text[at]
  if (mark === '"') return quoted(text, at)
  const word = { t: 'true', f: 'false', n: 'null' }[mark ?? '']
  if (word === undefined) {
    const end = after(number, text, at)
    return { end, whole: end > at }
  }
  let end = at
  while (end < text.length && end < at + word.length && text[end] === word[end - at]) end++
  return { end, whole: end === at + word.length }
}

function quoted(text: string, at: number): Reach {
  let end = at + 1
  while (end < text.length) {
    const code = text.charCodeAt(end)
    if (code === 34) return { end: end + 1, whole: true }
    const next = code === 92 ? after(escaped, text, end) : end + 1
    if (code < 32 || next === end) break
    end = next
  }
  return { end, whole: false }
}

/** Where the pattern ends when it stands at an offset; the offset itself when it does not. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
