import { type Source, texts } from './bytes.ts'

/** The lines of a body as they come, without their ends (LF or CR LF); also the last one when it has no end. */
export async function* lines(source: Source): AsyncGenerator<string, void, undefined> {
  for await (const { text } of pieces(texts(source), () => '\n')) yield text.endsWith('\r') ? text.slice(0, -1) : text
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
): AsyncGenerator<Piece, void, undefined> {
  let divider: string | RegExp | undefined
  let rest = ''
  for await (const text of source) {
    divider ??= dividerOf(text)
    const [first = '', ...others] = text.split(divider)
    rest += first
    for (const each of others) {
      yield { text: rest, isLast: false }
      rest = each
    }
  }
  if (rest !== '') yield { text: rest, isLast: true }
}
