import { nearest } from '../../../kernel/nearest.ts'
import type { Memory } from '../memory.ts'
import type { World } from '../world.ts'
import type { Database } from './database.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

const memory: Memory<Map<string, Database>> = {
  scope: 'feature',
  make: () => new Map(),
  dispose: async (connections) => {
    const closed = await Promise.allSettled([...connections.values()].map(({ close }) => close()))
    const failed = closed.find((each) => each.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  },
}

/** Opens a connection under a name, in place of one that has it; all are closed when the feature ends. */
export async function connect(world: World, address: string, name: string): Promise<void> {
  await world.recall(memory).get(name)?.close()
  world.recall(memory).delete(name)
  const database = await explained(`The database "${address}" cannot be opened`, () => opened(world, address))
  world.recall(memory).set(name, explaining(database))
}

/** Closes a connection. @throws Error when there is none of this name */
export async function disconnect(world: World, name: string): Promise<void> {
  const database = connection(world, name)
  world.recall(memory).delete(name)
  await database.close()
}

/** The connection of a name. @throws Error when there is none */
export function connection(world: World, name: string): Database {
  const connections = world.recall(memory)
  const found = connections.get(name)
  if (found !== undefined) return found
  const near = nearest(name, [...connections.keys()])
  const meant = near === undefined ? '' : `write "${near}" if that is meant, or `
  throw new Error(
    `No database is connected as "${name}": ${meant}write 'I connect to "sqlite:data.db" as "${name}"' before`,
  )
}

async function opened(world: World, address: string): Promise<Database> {
  hidePassword(world, address)
  // SQLAlchemy names a driver too, as in postgresql+psycopg2.
  const [, kind = '', rest = ''] = /^([a-z]+)(?:\+\w+)?:(.*)$/is.exec(address.trim()) ?? []
  if (kind === 'sqlite') return await openSqlite(rest.replace(/^\/\/(\/|$)/, ''), world.folder)
  if (kind !== 'postgres' && kind !== 'postgresql')
    throw new Error('this kind is not known; write "sqlite:data.db", "sqlite://" or "postgres://…"')
  return await openPostgres(`postgres:${rest}`)
}

/** A database whose failures name the statement. */
function explaining(database: Database): Database {
  const failed = (sql: string): string => `SQL "${sql.length > 200 ? `${sql.slice(0, 200)}…` : sql.trim()}" failed`
  return {
    ...database,
    query: (sql, values) => explained(failed(sql), () => database.query(sql, values)),
    script: (sql) => explained(failed(sql), () => database.script(sql)),
  }
}

async function explained<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** Not by URL, which refuses the addresses of sockets. */
function hidePassword({ hide }: World, url: string): void {
  const [, inside, behind] = /^[^?]*?\/\/[^/@:]*:([^/@]+)@|[?&]password=([^&]+)/.exec(url) ?? []
  const password = inside ?? behind
  if (password !== undefined) hide(decodeURIComponent(password))
}
