/** One lexical token of a TypeScript source; comments and white space are left out. */
export type Token = {
  readonly kind: 'word' | 'string' | 'template' | 'regex' | 'mark'
  /** For a string, and for a template without substitutions, the text between the quotes; otherwise as written. */
  readonly text: string
  /** Offset of the first character in the source. */
  readonly at: number
}

const SPACE_OR_COMMENT = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|^#![^\n]*/y
const WORD = /[\p{ID_Continue}$#@]+/uy
const STRING = /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"/y
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y
const TEMPLATE_PART = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(`|\$\{)/y

const WORDS_BEFORE_A_VALUE = new Set(
  'await case delete do else in instanceof of return throw typeof void yield'.split(' '),
)

/**
 * Splits a TypeScript source into tokens: enough to tell code from comments, strings, templates and regular
 * expressions, which is all that the house tests need. It is not a parser and accepts broken programs.
 */
export function tokens(source: string): readonly Token[] {
  const found: Token[] = []
  const openSubstitutions: number[] = []
  let depth = 0
  let at = 0

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }
  const add = (kind: Token['kind'], text: string, length: number): void => {
    found.push({ kind, text, at })
    at += length
  }
  const addTemplatePart = (): void => {
    const start = at
    at += 1
    const part = match(TEMPLATE_PART) ?? source.slice(at)
    at = start
    const whole = source[start] === '`' && part.endsWith('`')
    add(whole ? 'string' : 'template', whole ? part.slice(0, -1) : part, part.length + 1)
    if (part.endsWith('${')) openSubstitutions.push(depth)
  }

  while (at < source.length) {
    const skipped = match(SPACE_OR_COMMENT)
    if (skipped !== undefined) {
      at += skipped.length
      continue
    }
    const char = source.charAt(at)
    const literal = match(STRING)
    const word = literal === undefined ? match(WORD) : undefined
    const regex = char === '/' && valueMayStart(found) ? match(REGEX) : undefined
    if (literal !== undefined) add('string', literal.slice(1, -1), literal.length)
    else if (word !== undefined) add('word', word, word.length)
    else if (regex !== undefined) add('regex', regex, regex.length)
    else if (char === '`') addTemplatePart()
    else if (char === '}' && openSubstitutions.at(-1) === depth) {
      openSubstitutions.pop()
      addTemplatePart()
    } else {
      if (char === '{') depth += 1
      if (char === '}') depth -= 1
      add('mark', char, 1)
    }
  }
  return found
}

/** Whether a slash after these tokens opens a regular expression; after a value it divides. */
function valueMayStart(before: readonly Token[]): boolean {
  const last = before.at(-1)
  if (last === undefined) return true
  if (last.kind === 'word') return WORDS_BEFORE_A_VALUE.has(last.text)
  if (last.kind !== 'mark') return false
  const isStep = (last.text === '+' || last.text === '-') && before.at(-2)?.text === last.text
  return !isStep && last.text !== ')' && last.text !== ']'
}

/** The line, counted from one, of an offset in a source. */
export function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}
