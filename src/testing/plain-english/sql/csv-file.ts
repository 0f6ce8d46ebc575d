import { parse } from 'csv-parse/sync'
import { givenFile } from '../values/given-file.ts'
import type { World } from '../world.ts'
import { type SqlValue, sqlValue } from './statements.ts'

/** What a CSV file holds: the names of its first line, and its rows. */
export interface CsvFile {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SqlValue[])[]
}

/** Reads a CSV file in the folder `csv` or beside the feature. @throws Error when it has no line of names, or is malformed */
export async function csvFile(world: World, name: string): Promise<CsvFile> {
  const text = await givenFile(world, name, ['csv'], '.csv')
  const [columns, ...rows] = parsed(text, name)
  if (columns === undefined) throw new Error(`The file '${name}' is empty: its first line must name the columns`)
  return { columns, rows: rows.map((row) => row.map(sqlValue)) }
}

function parsed(text: string, name: string): readonly (readonly string[])[] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true })
  } catch (error) {
    throw new Error(
      `The file '${name}' is no CSV that can be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
