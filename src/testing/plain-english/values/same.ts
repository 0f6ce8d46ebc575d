import { isWhole, jsonText, parseJson, wholeNumber } from './json-text.ts'

/** Whether two JSON values are equal: numbers by what they are worth, objects whatever the order of their members. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === other || (Number.isNaN(one) && Number.isNaN(other))
  }
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isEqual(item, other[index]))
    )
  }
  const [names, others] = [Object.keys(one), Object.keys(other)]
  return (
    names.length === others.length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual(at(one, name), at(other, name)))
  )
}

/** A text that is the same for values that are equal, and only for them. */
export function canonical(value: unknown): string {
  const sorted = (each: unknown): unknown =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each
  return jsonText(value, sorted) ?? ''
}

/**
 * Whether a value is what a step gives. A text has no type in a sentence, so `"0"` is the text `0` and the number 0, and
 * `"true"` the text and the boolean; what was stored with a type has to be equal with its type.
 */
export function isAsGiven(value: unknown, given: unknown): boolean {
  if (typeof given !== 'string') return isEqual(value, given)
  if (typeof value === 'string') return value === given
  if (typeof value === 'number') return isJsonNumber(given) && Number(given) === value
  if (typeof value === 'bigint') return numberIn(given) === value
  if (typeof value === 'boolean') return given.toLowerCase() === String(value)
  return typeof value === 'object' && value !== null && isEqual(value, jsonOrNothing(given))
}

/** The number that a text says as JSON says it, spaces around it aside; undefined when it says none. */
export function numberIn(text: string): number | bigint | undefined {
  if (!isJsonNumber(text)) return undefined
  return isWhole(text.trim()) ? wholeNumber(text.trim()) : Number(text)
}

function isJsonNumber(text: string): boolean {
  return /^\s*[+-]?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(text)
}

/** The value of a JSON text, undefined when it is none. */
export function jsonOrNothing(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function at(owner: object, name: string): unknown {
  return (owner as Readonly<Record<string, unknown>>)[name]
}
