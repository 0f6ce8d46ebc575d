/** Checks, messages and reports go through values level by level; deeper ones would end in a full stack. */
export const deepestJson = 1000

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown
// The types of the language do not have these yet.
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown
const rawJson = Reflect.get(JSON, 'rawJSON') as (text: string) => object

/**
 * The value of a JSON text. Whole numbers that a number of JavaScript cannot hold are bigints, so that no digit is lost.
 *
 * @throws SyntaxError when it is no JSON
 */
export function parseJson(text: string): unknown {
  // Looking at the source of each value takes several times as long.
  return /\d{16}/.test(text) ? parseWithSource(text, exact) : JSON.parse(text)
}

function exact(_: string, value: unknown, { source = '' }: { readonly source?: string }): unknown {
  return typeof value === 'number' && isWhole(source) ? wholeNumber(source) : value
}

/** The JSON of a value, with all digits of bigints; undefined for what JSON does not have. */
export function jsonText(
  value: unknown,
  change: (value: unknown) => unknown = (same) => same,
  indent: number = 0,
): string | undefined {
  const replacer = (_: string, each: unknown): unknown =>
    typeof each === 'bigint' ? rawJson(String(each)) : change(each)
  return JSON.stringify(value, replacer, indent)
}

/** Whether a text is a whole number as JSON writes it, without an exponent. */
export function isWhole(text: string): boolean {
  return /^[+-]?\d+$/.test(text)
}

/** The value of a whole number: a bigint where it has more digits than a number holds. */
export function wholeNumber(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text.replace(/^\+/, ''))
}

const [quote, backslash, bracket, bracketEnd, brace, braceEnd] = [34, 92, 91, 93, 123, 125]

/** Whether a JSON text has lists and objects in each other deeper than {@link deepestJson}. */
export function isTooDeep(text: string): boolean {
  let depth = 0
  let isInText = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isInText) {
      if (code === backslash) at += 1
      else if (code === quote) isInText = false
    } else if (code === quote) isInText = true
    else if (code === bracket || code === brace) {
      depth += 1
      if (depth > deepestJson) return true
    } else if (code === bracketEnd || code === braceEnd) depth -= 1
  }
  return false
}
