import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Database, Row } from './database.ts'

/** Opens a database in a file, which may be new, or in memory; relative paths start in the folder. */
export async function openSqlite(path: string, folder: string): Promise<Database> {
  // Not needed by features without a database.
  const { DatabaseSync } = await import('node:sqlite')
  const file = path === '' || path === ':memory:' ? ':memory:' : resolve(folder, path)
  if (file !== ':memory:' && !existsSync(dirname(file)))
    throw new Error(`there is no folder ${dirname(file)}; make it first`)
  const database = new DatabaseSync(file)
  return {
    dialect: { name: 'SQLite', placeholder: () => '?', types: { integer: 'INTEGER', real: 'REAL', text: 'TEXT' } },
    query: async (sql, values = []) => {
      const statement = database.prepare(sql)
      statement.setReadBigInts(true)
      return statement.all(...values).map(rowOf)
    },
    script: async (sql) => database.exec(sql),
    close: async () => database.close(),
  }
}

function rowOf(row: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, jsonOf(value)]))
}

/** Whole numbers that JavaScript cannot hold stay texts, so that no digit is lost. */
function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}
