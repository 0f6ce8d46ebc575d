import { parse } from 'csv-parse/sync'

/** Rows of a data file, as the table of an outline would have them. */
export interface DataRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * Reads rows by the ending of the name: `.csv` (also with semicolons, as spreadsheets write it in some countries), `.tsv`, or
 * `.json` with a list of objects, whose inner members are columns with dots: `<address.city>`, `<tags.0>`.
 *
 * @throws Error that says what is wrong with the content
 */
export function dataRows(name: string, content: string): DataRows {
  const text = content.replace(/^\uFEFF/, '')
  const [, ending = ''] = /\.(\w+)$/.exec(name.toLowerCase()) ?? []
  if (ending === 'json') return rowsOfJson(text)
  if (ending === 'csv' || ending === 'tsv') return rowsOfCsv(text, ending === 'tsv' ? '\t' : delimiterOf(text))
  throw new Error('its name ends in none of .csv, .tsv and .json')
}

function delimiterOf(text: string): string {
  const [head = ''] = text.split('\n')
  return head.includes(';') && !head.includes(',') ? ';' : ','
}

function rowsOfCsv(text: string, delimiter: string): DataRows {
  const all = parse(text, { delimiter, skip_empty_lines: true, trim: true })
  const [columns = [], ...rows] = all
  if (columns.length === 0) throw new Error('it is empty: its first line names the columns')
  return { columns, rows }
}

function rowsOfJson(text: string): DataRows {
  const list: unknown = JSON.parse(text)
  if (!Array.isArray(list) || !list.every(isObject)) throw new Error('it is no list of objects')
  const flat = list.map((each) => new Map(members('', each)))
  const columns = [...new Set(flat.flatMap((each) => [...each.keys()]))]
  return { columns, rows: flat.map((each) => columns.map((column) => each.get(column) ?? '')) }
}

/** Each member with its path; an inner object or list both as JSON and by its members. */
function members(path: string, value: unknown): readonly (readonly [path: string, text: string])[] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  const own = path === '' ? [] : [[path, JSON.stringify(value)] as const]
  const inner = Object.entries(value).flatMap(([name, each]: [string, unknown]) =>
    members(path === '' ? name : `${path}.${name}`, each),
  )
  return [...own, ...inner]
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
