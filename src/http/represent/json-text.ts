import type { JsonSettings } from './representation-settings.ts'

/** Compiles how JSON replies are written; undefined for what JSON leaves out. */
export function jsonWriter(settings: JsonSettings = {}): (value: unknown) => string | undefined {
  const { sortKeys = false, indent = 0, newline = false } = settings
  if (!sortKeys && indent === 0 && !newline) return (value) => JSON.stringify(value)
  return (value) => {
    const text = JSON.stringify(value, sortKeys ? sorted : undefined, indent)
    return newline && text !== undefined ? `${text}\n` : text
  }
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
