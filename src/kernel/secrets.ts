import { mask, maskedText } from './masked-text.ts'
import { maskedValue } from './masked-value.ts'
import { isSecretName } from './secret-name.ts'

/** What nobody may read in logs, errors, traces and exports of an app. */
export interface Secrets {
  /**
   * Keeps a text secret, in the forms too in which it stands in JSON and in addresses: wherever it stands, or as a word of its
   * own if it has less than eight characters; one of less than four is not looked for.
   */
  readonly declare: (text: string) => void
  /** Keeps all values secret that have one of these names, which are asked for when the first value is looked at. */
  readonly declareNames: (names: () => readonly string[]) => void
  /** A text without the secrets that are known, or that can be told by their form. */
  readonly maskText: (text: string) => string
  /** A line of JSON, masked in the same way; it is JSON afterwards, too. */
  readonly maskLine: (line: string) => string
  /** A value, masked by the names of its members, and by its texts where it is said so. */
  readonly maskValue: (value: unknown, texts?: boolean) => unknown
}

const shortest = 4
/** From so many characters on, a secret is one wherever it stands. */
const long = 8

/** Makes the secrets of an app, none yet. */
export function createSecrets(): Secrets {
  const texts = new Set<string>()
  let declared: () => readonly string[] = () => []
  let names: ReadonlySet<string> | undefined
  let plain: readonly string[] = []
  let inJson: readonly string[] = []
  let mayBeLiteral = false

  const isSecret = (name: string): boolean => {
    names ??= new Set(declared())
    return isSecretName(name) || names.has(name)
  }
  const maskText = (text: string): string => maskedText(without(text, plain))
  const rules = { isSecret }
  const rulesWithTexts = { isSecret, text: maskText }
  return {
    declare: (text) => {
      if (text.length < shortest || texts.has(text)) return
      texts.add(text)
      // The longer first: one secret may hold another.
      const all = [...texts].sort((a, b) => b.length - a.length)
      plain = [...new Set(all.flatMap((each) => [each, encodeURIComponent(each), escaped(each)]))]
      mayBeLiteral = all.some(isLiteral)
      inJson = [...new Set(all.flatMap((each) => [escaped(each), encodeURIComponent(each), escaped(escaped(each))]))]
    },
    declareNames: (given) => {
      declared = given
      names = undefined
    },
    maskText,
    maskLine: (line) => {
      const masked = maskedText(without(line, inJson), true)
      return masked === line || !mayBeLiteral ? masked : whole(masked, line)
    },
    maskValue: (value, withTexts = false) => maskedValue(value, withTexts ? rulesWithTexts : rules),
  }

  /** A secret of digits may stand where JSON has a number. */
  function whole(masked: string, line: string): string {
    try {
      JSON.parse(masked)
      return masked
    } catch {
      const text = (value: unknown): unknown => {
        if (typeof value === 'number') return texts.has(String(value)) ? mask : value
        return typeof value === 'string' ? maskText(value) : value
      }
      return `${JSON.stringify(JSON.parse(line), (_name, value) => text(value))}\n`
    }
  }
}

function without(text: string, secrets: readonly string[]): string {
  let masked = text
  for (const each of secrets) {
    if (masked.includes(each)) masked = each.length < long ? withoutWord(masked, each) : masked.replaceAll(each, mask)
  }
  return masked
}

const word = /[\p{L}\p{N}_]/u
/** What ends in a letter or a digit in JSON or in an address, and is none. */
const escapeSequence = /(?:\\[bfnrt]|\\u[\da-f]{4}|%[\dA-F]{2})$/i

/** A short secret counts where it stands by itself: `test` is no part of `latest`. */
function withoutWord(text: string, secret: string): string {
  let masked = ''
  let from = 0
  for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
    const end = at + secret.length
    const begins = !word.test(text.charAt(at - 1)) || escapeSequence.test(text.slice(Math.max(at - 6, 0), at))
    if (at < from || !begins || word.test(text.charAt(end))) continue
    masked += text.slice(from, at) + mask
    from = end
  }
  return masked + text.slice(from)
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Whether a text may be part of a number, or one of the three words of JSON. */
function isLiteral(text: string): boolean {
  return /^[\d.eE+-]+$/.test(text) || 'true false null'.includes(text)
}
