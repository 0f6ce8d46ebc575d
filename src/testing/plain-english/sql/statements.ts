import type { Database } from './database.ts'
import { type WrittenFilter, writtenFilter } from './filter.ts'
import { quoted } from './quoted.ts'

/** A value that a statement takes; the server turns texts into the type of their column. */
export type SqlValue = string | null

/** A value as features write it: `NULL` is none. */
export function sqlValue(value: unknown): SqlValue {
  if (value === null || value === undefined || value === 'NULL') return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Inserts rows, all or none. @throws Error when a row has not one value for each column */
export async function insertRows(
  database: Database,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  for (const row of rows) {
    if (row.length === columns.length) continue
    throw new Error(
      `A row for the table "${table}" has ${row.length} values for ${columns.length} columns: ${columns.join(', ')}`,
    )
  }
  const names = columns.map(quoted).join(', ')
  const marks = columns.map((_, index) => database.dialect.placeholder(index + 1)).join(', ')
  const insert = async (): Promise<void> => {
    for (const row of rows) await database.query(`INSERT INTO ${quoted(table)} (${names}) VALUES (${marks})`, row)
  }
  // A feature may be inside a transaction of its own; one row needs none.
  if (rows.length > 1) await inTransaction(database, insert)
  else await insert()
}

/** Sets columns of the rows that a condition holds for. */
export async function updateRows(
  database: Database,
  table: string,
  columns: readonly string[],
  values: readonly SqlValue[],
  filter: unknown,
): Promise<void> {
  if (values.length !== columns.length) {
    throw new Error(`The update of the table "${table}" has ${values.length} values for ${columns.length} columns`)
  }
  const set = columns.map((name, index) => `${quoted(name)} = ${database.dialect.placeholder(index + 1)}`).join(', ')
  const where = conditionOf(table, writtenFilter(filter, database.dialect, values.length))
  await database.query(`UPDATE ${quoted(table)} SET ${set}${where.sql}`, [...values, ...where.values])
}

/** Deletes the rows that a condition holds for. */
export async function deleteRows(database: Database, table: string, filter: unknown): Promise<void> {
  const where = conditionOf(table, writtenFilter(filter, database.dialect, 0))
  await database.query(`DELETE FROM ${quoted(table)}${where.sql}`, where.values)
}

/** Makes a table of rows; the types of its columns are those that all values of a column have, or those given. */
export async function createTable(
  database: Database,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  types: readonly string[] = columns.map((_, index) =>
    typeOf(
      database,
      rows.map((row) => row[index]),
    ),
  ),
): Promise<void> {
  if (types.length !== columns.length) {
    throw new Error(
      `The table "${table}" has ${types.length} types for ${columns.length} columns: ${columns.join(', ')}`,
    )
  }
  const definitions = columns.map((name, index) => `${quoted(name)} ${types[index]}`).join(', ')
  await database.query(`CREATE TABLE ${quoted(table)} (${definitions})`)
  await insertRows(database, table, columns, rows)
}

function typeOf({ dialect: { types } }: Database, values: readonly (SqlValue | undefined)[]): string {
  const given = values.filter((value) => value !== null && value !== undefined)
  if (given.length === 0) return types.text
  // A leading zero is part of a name, such as a postal code.
  if (given.every((value) => /^-?(0|[1-9]\d{0,17})$/.test(value))) return types.integer
  return given.every((value) => /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value)) ? types.real : types.text
}

/** Nobody forgets a condition unseen: all rows are written as `*`. */
function conditionOf(table: string, { sql, values }: WrittenFilter): WrittenFilter {
  if (sql.trim() === '*') return { sql: '', values: [] }
  if (sql.trim() !== '') return { sql: ` WHERE ${sql}`, values }
  throw new Error(`The condition for the table "${table}" is empty: write one, or "*" for all rows`)
}

async function inTransaction(database: Database, work: () => Promise<void>): Promise<void> {
  await database.query('BEGIN')
  try {
    await work()
    await database.query('COMMIT')
  } catch (error) {
    await database.query('ROLLBACK')
    throw error
  }
}
