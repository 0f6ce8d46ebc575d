/** A type as text. */
export interface TypeText {
  readonly text: string
  /** What a union is made of; the text itself where the type is none. */
  readonly alternatives: readonly string[]
}

const width = 120

/** A type that is no union, or needs no parentheses. */
export function plain(text: string): TypeText {
  return { text, alternatives: [text] }
}

/** One of several types, each named once. */
export function union(types: readonly string[]): TypeText {
  const each = [...new Set(types)]
  if (each.includes('unknown')) return plain('unknown')
  const kept = each.filter((type) => type !== 'never')
  return kept.length === 0 ? plain('never') : { text: kept.join(' | '), alternatives: kept }
}

/** A type as it stands in a list or an intersection. */
export function enclosed({ text, alternatives }: TypeText): string {
  return alternatives.length > 1 ? `(${text})` : text
}

/** A type behind what it is the type of, such as `name:`; the alternatives of a long union have a line each. */
export function typedLine(start: string, { text, alternatives }: TypeText, indent: string): string {
  const line = `${indent}${start} ${text}`
  const isLong = line.length > width && alternatives.length > 1 && !text.includes('\n')
  return `${isLong ? `${indent}${start}${alternatives.map((each) => `\n${indent}  | ${each}`).join('')}` : line}\n`
}
