import { memberKey, quoted } from './words.ts'

/** The type of one value of JSON. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).map(([name, each]) => `${memberKey(name)}: ${literal(each)}`)
  return members.length === 0 ? '{}' : `{ ${members.join('; ')} }`
}
