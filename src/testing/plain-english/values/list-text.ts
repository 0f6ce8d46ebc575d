import { parse } from 'csv-parse/sync'

/** The items of a list as features write it: separated by commas, trimmed, in double quotes where they hold a comma. */
export function listOf(text: string): readonly string[] {
  if (text.trim() === '') return []
  try {
    const rows = parse(text, { trim: true, relax_column_count: true, skip_empty_lines: true })
    return rows.flat()
  } catch (error) {
    throw new Error(
      `The list '${text}' is not well formed: put items with commas in double quotes (${reasonOf(error)})`,
    )
  }
}

/** A list that a step is given: as it is where it was stored as one, read from text otherwise. */
export function givenList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'string' ? listOf(value) : [value]
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
