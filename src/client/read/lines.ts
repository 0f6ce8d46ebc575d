import { type Source, texts } from './bytes.ts'
import { ItemError } from './item.ts'

/** How lines are read. */
export interface LineOptions {
  /** The longest line, in characters, so that one without end does not fill the memory; 16,777,216 if not given. */
  readonly maxLength?: number | undefined
}

/** The lines of a body as they come, without their ends (LF or CR LF); also the last one when it has no end. */
export async function* lines(source: Source, options?: LineOptions): AsyncGenerator<string, void, undefined> {
  for await (const { text } of pieces(texts(source), () => '\n', options))
    yield text.endsWith('\r') ? text.slice(0, -1) : text
}

/** A part of a text that is divided by a character. */
export interface Piece {
  readonly text: string
  /** Whether the text ended before the next divider. */
  readonly isLast: boolean
}

/** The parts of a text between dividers, which are chosen by how it begins; behind the last divider, what there is. */
export async function* pieces(
  source: AsyncIterable<string>,
  dividerOf: (beginning: string) => string | RegExp,
  options?: LineOptions,
): AsyncGenerator<Piece, void, undefined> {
  let divider: string | RegExp | undefined
  let rest = ''
  let count = 0
  for await (const text of source) {
    divider ??= dividerOf(text)
    const [first = '', ...others] = text.split(divider)
    rest += first
    checkLength(rest.length, count + 1, options)
    for (const each of others) {
      count++
      yield { text: rest, isLast: false }
      rest = each
      checkLength(rest.length, count + 1, options)
    }
  }
  if (rest !== '') yield { text: rest, isLast: true }
}

/** @throws ItemError for a line that is longer than allowed */
export function checkLength(length: number, position: number, { maxLength = 2 ** 24 }: LineOptions = {}): void {
  if (length <= maxLength) return
  throw new ItemError(`Line ${position} has more than ${maxLength} characters: raise 'maxLength'`, position)
}
