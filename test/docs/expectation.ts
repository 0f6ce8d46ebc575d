import { inspect, isDeepStrictEqual } from 'node:util'
import { runInThisContext } from 'node:vm'

/** What a line of a document says and what is not so. */
export interface LineFault {
  readonly line: number
  readonly message: string
}

/** The faults of the document that this process runs. */
export const lineFaults: LineFault[] = []

/** Evaluates an expression; what it gives is wrapped, so that a promise is not waited for unseen. */
type Evaluate = () => Promise<{ readonly value: unknown }>

/** Checks `// => value`: the value is deeply equal to the expression, or shown by a console as the text. */
export async function equals(evaluate: Evaluate, line: number, expected: string): Promise<void> {
  const message = await evaluate().then(
    ({ value }) => (isLike(value, expected) ? undefined : `expected ${expected}, but it is ${shown(value)}`),
    (error: unknown) => `expected ${expected}, but it throws ${thrown(error)}`,
  )
  if (message !== undefined) lineFaults.push({ line, message })
}

/** Checks `// throws code`, or the name of an error; behind a colon, a part of the message may follow. */
export async function throws(evaluate: Evaluate, line: number, expected: string): Promise<void> {
  const message = await evaluate().then(
    ({ value }) => `expected it to throw ${expected}, but it is ${shown(value)}`,
    (error: unknown) =>
      isAnnounced(error, expected) ? undefined : `expected it to throw ${expected}, but it throws ${thrown(error)}`,
  )
  if (message !== undefined) lineFaults.push({ line, message })
}

function isLike(value: unknown, expected: string): boolean {
  try {
    if (isDeepStrictEqual(value, runInThisContext(`(${expected})`))) return true
  } catch {
    // It is no expression, but the text that a console shows.
  }
  return shown(value) === expected.replaceAll(/\s+/g, ' ')
}

function isAnnounced(error: unknown, expected: string): boolean {
  const [name, ...text] = expected.split(': ')
  const { names, message } = known(error)
  return names.includes(name ?? '') && message.includes(text.join(': '))
}

/** A value as one line of text. */
export function shown(value: unknown): string {
  return inspect(value, { depth: 8, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 2000 }).replaceAll(
    /\s+/g,
    ' ',
  )
}

/** What was thrown, as an expectation writes it: the code of a problem or the name of an error, and its message. */
export function thrown(error: unknown): string {
  const { names, message } = known(error)
  return `${names[0]}: ${message}`
}

function known(error: unknown): { readonly names: readonly string[]; readonly message: string } {
  if (!(error instanceof Error)) return { names: [typeof error], message: shown(error) }
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return { names: [...code, error.name], message: error.message }
}
