import { nearest } from '../../kernel/nearest.ts'

/**
 * What a sentence that no step reads was probably meant as: with quotes where they are missing or of another kind, with
 * spaces and points put right, or with the words of the nearest phrase. Undefined when nothing is near.
 */
export function nearSentence(
  sentence: string,
  phrases: readonly string[],
  isRead: (sentence: string) => boolean,
): string | undefined {
  const tidy = tidied(sentence)
  const quoted = withQuotes(tidy)
  const written = [tidy, quoted].find((each) => each !== sentence && isRead(each))
  if (written !== undefined) return written
  const words = quoted.replaceAll(value, '{}')
  const near = words.length > longest ? undefined : nearest(words, phrases.map(outline))
  const values = quoted.match(value) ?? []
  const filled = near?.replaceAll('{}', () => values.shift() ?? '""')
  return filled !== undefined && isRead(filled) ? filled : undefined
}

/** No phrase has so many letters; comparing more would take long. */
const longest = 200

/** A quoted text, in which quotes may stand where no sentence goes on behind them, as in JSON. */
const value = /(?<=^|[\s(])"(?:[^"]|"(?![\s,)]|$))*"/g
const valueOrSpace = new RegExp(`(${value.source})|\\s+`, 'g')

function tidied(sentence: string): string {
  return sentence
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/(?<=\s)'([^']*)'(?=[\s,.]|$)/g, '"$1"')
    .replaceAll(valueOrSpace, (_, quoted: string | undefined) => quoted ?? ' ')
    .replace(/^(?:given|when|then|and|but) /i, '')
    .replace(/[.;!\s]+$/, '')
}

/** Numbers, addresses, paths and references that stand there without. */
function withQuotes(sentence: string): string {
  return sentence.replaceAll(/(?<=\s)(?:[$#@/]?\d[\w.-]*|[/$#@][^\s",]+|https?:[^\s",]+)(?=[\s,]|$)/g, '"$&"')
}

/** A phrase without the names of its placeholders. */
function outline(phrase: string): string {
  return phrase
    .replaceAll(/(?<!\\)\{\w*\}/g, '{}')
    .replaceAll(/\\([(){}/])/g, '$1')
    .replaceAll(/\((\w)\)/g, '$1')
}
