import { jsonText } from './json-text.ts'

const longest = 120

/** A value as messages show it, shortened where it is long. */
export function shown(value: unknown): string {
  const text = jsonText(value) ?? 'nothing'
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** A value with its kind, for messages where the kind is what is wrong. */
export function shownWithKind(value: unknown): string {
  const kind = kindOf(value)
  return kind === 'null' || kind === 'nothing' ? kind : `the ${kind} ${shown(value)}`
}

/** What JSON calls the kind of a value, in plain words. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'text'
  return typeof value === 'bigint' ? 'number' : typeof value
}
