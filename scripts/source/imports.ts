import { type Token, tokens } from './tokens.ts'

/** One module that a source names, by import, re-export, `import()` or `require()`. */
export type Import = {
  readonly specifier: string
  /** Offset of the opening quote of the specifier. */
  readonly at: number
}

const CLAUSE_MARKS = new Set(['{', '}', ',', '*'])

/** Every module that a TypeScript source names with a literal, in order; type imports too. */
export function importsOf(source: string): readonly Import[] {
  const all = tokens(source)
  const found: Import[] = []
  for (const [index, token] of all.entries()) {
    if (token.kind !== 'word' || all[index - 1]?.text === '.') continue
    const named = specifierAfter(token.text, all, index + 1)
    if (named !== undefined) found.push({ specifier: named.text, at: named.at })
  }
  return found
}

function specifierAfter(word: string, all: readonly Token[], next: number): Token | undefined {
  if (word !== 'import' && word !== 'require' && word !== 'export') return undefined
  const first = all[next]
  if (word !== 'export' && first?.text === '(' && first.kind === 'mark') return stringAt(all, next + 1)
  if (word === 'import') return stringAt(all, next) ?? afterFrom(all, next)
  if (word === 'export' && (isMark(first, '{') || isMark(first, '*') || first?.text === 'type')) {
    return afterFrom(all, next)
  }
  return undefined
}

/** The string after `from`, when nothing but an import clause lies between. */
function afterFrom(all: readonly Token[], start: number): Token | undefined {
  let open = false
  for (let index = start; index < all.length; index += 1) {
    const token = all[index]
    if (token === undefined) return undefined
    if (!open && token.text === 'from' && index > start) {
      const named = stringAt(all, index + 1)
      if (named !== undefined) return named
    }
    if (isMark(token, '{')) open = true
    else if (isMark(token, '}')) open = false
    if (isMark(token, '}') && all[index + 1]?.text !== 'from') return undefined
    if (token.kind === 'word' || (open && token.kind === 'string')) continue
    if (token.kind !== 'mark' || !CLAUSE_MARKS.has(token.text)) return undefined
  }
  return undefined
}

function stringAt(all: readonly Token[], index: number): Token | undefined {
  const token = all[index]
  return token?.kind === 'string' ? token : undefined
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text
}
