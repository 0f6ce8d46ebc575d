import type { Client } from 'pg'
import { optionalPackage } from '../../../kernel/optional-package.ts'
import type { Database, Row } from './database.ts'

/** How long a server may take to let us in, in milliseconds. */
const patience = 10_000

/** Connects to PostgreSQL, by the package `pg` of the project. @throws Error that says how to install it */
export async function openPostgres(url: string): Promise<Database> {
  const { Client: PgClient, types } = (await optionalPackage(() => import('pg'), missing)).default
  const client = new PgClient({
    connectionString: url,
    connectionTimeoutMillis: patience,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        parserOf(oid) ?? types.getTypeParser(oid, format as 'text'),
    },
  })
  // A connection that breaks while no statement runs fails the next one; unheard, it would end the process.
  client.on('error', () => {})
  await client.connect()
  return {
    dialect: {
      name: 'PostgreSQL',
      placeholder: (place) => `$${place}`,
      types: { integer: 'bigint', real: 'double precision', text: 'text' },
    },
    query: async (sql, values) => rowsOf(client, sql, values),
    script: async (sql) => void (await client.query(sql)),
    close: () => client.end(),
  }
}

async function rowsOf(client: Client, sql: string, values: readonly (string | null)[] = []): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>(sql, [...values])
  return rows
}

const missing = "PostgreSQL needs the package pg: install it with 'npm install --save-dev pg'"

const bigint = 20
const asText: ReadonlySet<number> = new Set([1082, 1083, 1114, 1184, 1186, 1266])

/** Whole numbers are numbers where they fit, and dates stay as the server writes them, whatever the zone of this machine. */
function parserOf(oid: number): ((text: string) => unknown) | undefined {
  if (asText.has(oid)) return (text) => text
  return oid === bigint ? (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text) : undefined
}
