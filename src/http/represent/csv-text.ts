import type { JsonSchema } from '../../schema/schema.ts'
import { declaredNames, itemsOf } from './declared-members.ts'
import { sentValue } from './sent-value.ts'

/**
 * Compiles how lists are written as CSV (RFC 4180): a row of names, then one row an item, with the members that the
 * model of the items declares, in its order; where it declares none, those that the items have. Lists and objects in a
 * row are JSON text; null and what is missing are empty.
 *
 * @param guard puts an apostrophe before a text that a spreadsheet would take for a formula.
 */
export function csvWriter(schema: JsonSchema | undefined, { guard = false }: { readonly guard?: boolean } = {}) {
  const items = schema === undefined ? undefined : itemsOf(schema, schema)
  const declared = schema === undefined || items === undefined ? [] : declaredNames(items, schema)
  return (value: unknown): string => {
    const sent = sentValue(value)
    const list = (Array.isArray(sent) ? sent : [sent]).map(sentValue)
    const columns = declared.length > 0 ? declared : columnsOf(list)
    const rows = list.map((item) => columns.map((name) => field(isRecord(item) ? item[name] : item, guard)))
    return [columns.map((name) => field(name, guard)), ...rows].map(line).join('')
  }
}

/** A line that is empty would be none to readers. */
function line(row: readonly string[]): string {
  return `${row.join(',') || '""'}\r\n`
}

/** Items that are no objects make one column. */
const loneColumn = ['value']

function columnsOf(list: readonly unknown[]): readonly string[] {
  const names = new Set(list.flatMap((item) => (isRecord(item) ? Object.keys(item) : loneColumn)))
  return names.size === 0 ? loneColumn : [...names]
}

function field(value: unknown, guard: boolean): string {
  const sent = sentValue(value)
  if (sent === null || sent === undefined) return ''
  const text = typeof sent === 'object' ? JSON.stringify(sent) : String(sent)
  const safe = guard && typeof sent === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
