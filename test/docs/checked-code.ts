import { lineAt, type Token, tokens } from '../../scripts/source/tokens.ts'

/** Code with calls in place of its expectations, on the same lines; and what is wrong with them. */
export interface CheckedCode {
  readonly code: string
  readonly faults: readonly { readonly line: number; readonly message: string }[]
}

/** A piece that is put into code, at an offset. */
interface Insertion {
  readonly at: number
  readonly text: string
}

const expectation = /\/\/ (=>|throws)(?: |$)(.*)/g

/**
 * Turns expectations into calls. `// => value` behind a statement, or on the lines below it, says what its expression
 * is, or what the constant is that it declares; `// throws code` says which problem it raises. `firstLine` is the line
 * of the code in its document.
 */
export function checkedCode(code: string, firstLine: number): CheckedCode {
  const all = placed(code)
  const insertions: Insertion[] = []
  const faults: { line: number; message: string }[] = []
  for (const match of code.matchAll(expectation)) {
    const at = match.index
    if (all.some((token) => token.at <= at && at < token.end)) continue
    const line = firstLine - 1 + lineAt(code, at)
    const expected = (match[2] ?? '').trim() + linesBelow(code, at)
    const statement = statementBefore(all, at)
    if (expected === '') faults.push({ line, message: 'the expectation is empty' })
    else if (statement === undefined)
      faults.push({ line, message: 'an expectation must stand behind a whole statement' })
    else insertions.push(...call(statement, match[1] === 'throws' ? 'throws' : 'equals', line, expected))
  }
  return { code: inserted(code, insertions), faults }
}

/** A token with its surroundings. */
interface Placed extends Token {
  readonly end: number
  /** How many brackets are open in front of it. */
  readonly depth: number
  readonly startsLine: boolean
}

function placed(code: string): readonly Placed[] {
  let depth = 0
  let end = 0
  return tokens(code).map((token) => {
    const { kind, text, at } = token
    const before = depth
    const startsLine = end === 0 || code.slice(end, at).includes('\n')
    end = at + text.length + (kind === 'string' ? 2 : kind === 'template' ? 1 : 0)
    if (kind === 'mark' && '([{'.includes(text)) depth += 1
    if (kind === 'mark' && ')]}'.includes(text)) depth -= 1
    if (kind === 'template') depth += Number(text.endsWith('${')) - Number(code[at] === '}')
    return { ...token, end, depth: before, startsLine }
  })
}

/** The text of the lines below that go on with an expectation: comments that are indented by more than one blank. */
function linesBelow(code: string, at: number): string {
  const [, ...below] = code.slice(at).split('\n')
  const end = below.findIndex((line) => !/^\s*\/\/ {2,}\S/.test(line))
  return (end === -1 ? below : below.slice(0, end)).map((line) => ` ${line.replace(/^\s*\/\/ +/, '').trim()}`).join('')
}

interface Statement {
  readonly start: number
  readonly end: number
  /** The name that it declares. */
  readonly declares: string | undefined
}

/** The statement that ends before an offset, if it is one of the outermost level. */
function statementBefore(all: readonly Placed[], at: number): Statement | undefined {
  const last = all.findLastIndex(({ end }) => end <= at)
  const end = all[last]
  if (end === undefined || end.depth !== (closes(end) ? 1 : 0)) return undefined
  let first = last
  while (first > 0 && !startsStatement(all, first)) first -= 1
  const [word, name, third] = all.slice(first, last + 1).map(({ text }) => text)
  const shift = word === 'export'
  const keyword = shift ? name : word
  const declares = keyword === 'const' || keyword === 'let' ? (shift ? third : name) : undefined
  return { start: all[first]?.at ?? 0, end: end.end, declares }
}

function closes({ kind, text }: Token): boolean {
  return kind === 'template' || (kind === 'mark' && ')]}'.includes(text))
}

const goOn: ReadonlySet<string> = new Set('. ? : + - * / % & | = < > , ^'.split(' '))
const leaveOpen: ReadonlySet<string> = new Set('= , . + - * / % & | ? : < ^ ! ~'.split(' '))

function startsStatement(all: readonly Placed[], index: number): boolean {
  const here = all[index]
  const before = all[index - 1]
  if (here === undefined || before === undefined || here.depth > 0) return here?.depth === 0
  if (before.text === ';') return true
  if (!here.startsLine || (here.kind === 'mark' && goOn.has(here.text))) return false
  const isArrow = before.text === '>' && all[index - 2]?.text === '='
  return !isArrow && !(before.kind === 'mark' && leaveOpen.has(before.text))
}

function call({ start, end, declares }: Statement, check: string, line: number, expected: string): Insertion[] {
  const rest = `${line}, ${JSON.stringify(expected)})`
  if (declares !== undefined) {
    return [{ at: end, text: `; await doctest.${check}(async () => ({ value: ${declares} }), ${rest}` }]
  }
  return [
    { at: start, text: `;await doctest.${check}(async () => ({ value: (` },
    { at: end, text: `) }), ${rest}` },
  ]
}

function inserted(code: string, insertions: readonly Insertion[]): string {
  let result = ''
  let from = 0
  for (const { at, text } of insertions.toSorted((a, b) => a.at - b.at)) {
    result += code.slice(from, at) + text
    from = at
  }
  return result + code.slice(from)
}
