import type { Pool } from 'pg'
import type { Clock } from '../../kernel/clock.ts'
import type { IdempotencyStore } from '../../kernel/idempotency-store.ts'
import type { Logger } from '../../kernel/logger.ts'
import { optionalPackage } from '../../kernel/optional-package.ts'
import { inIntervals } from './intervals.ts'
import type { OpenedStore } from './opened-store.ts'
import { atOnce, begunBy, statementsFor } from './statements.ts'

const texts = statementsFor((number) => `$${number}`, 'BYTEA')

/** How long the server may take to let us in, and for a statement, in milliseconds. */
const patience = 10_000

/** Any number that nobody else is likely to have: processes that begin at once make the table one after another. */
const turn = 7_205_759_403

/** Keeps calls in the table `trestle_idempotency` of a PostgreSQL database, which is made at the first of them. */
export function postgresStore(url: string, clock: Clock, log: Logger): OpenedStore {
  const now = (): number => clock.now().getTime()
  let opening: Promise<Pool> | undefined
  const open = (): Promise<Pool> => {
    opening ??= connected(url, log).catch((error: unknown) => {
      // The server may be back by the next call.
      opening = undefined
      throw error
    })
    return opening
  }
  const run = async (text: string, values: readonly unknown[]) => await (await open()).query(text, [...values])
  const changes = async (text: string, ...values: readonly unknown[]): Promise<boolean> => {
    return (await run(text, values)).rowCount === 1
  }
  const clean = inIntervals(clock, async () => {
    try {
      return (await run(texts.clean, [now()])).rowCount === atOnce
    } catch (error) {
      log.error({ err: error }, 'the store for Idempotency-Key could not remove what has expired')
      return false
    }
  })
  const store: IdempotencyStore = {
    begin: async ({ key, owner }, fingerprint, lease) => {
      clean()
      for (;;) {
        if (await changes(texts.take, key, owner, fingerprint, now() + lease, now())) return 'new'
        const { rows } = await run(texts.read, [key])
        const [row] = rows
        // Another process may have released it meanwhile.
        if (row !== undefined) return begunBy(row, fingerprint)
      }
    },
    renew: ({ key, owner }, lease) => changes(texts.renew, key, owner, now() + lease),
    finish: ({ key, owner }, reply, milliseconds) => {
      const { status = 0, headers, body = null } = reply ?? {}
      const kept = headers === undefined ? null : JSON.stringify(headers)
      return changes(texts.finish, key, owner, now() + milliseconds, status, kept, body)
    },
    release: async ({ key, owner }) => void (await changes(texts.release, key, owner)),
  }
  const close = async (): Promise<void> => {
    const pool = await opening?.catch(() => undefined)
    await pool?.end()
  }
  return { store, close }
}

async function connected(url: string, log: Logger): Promise<Pool> {
  const { Pool: PgPool } = (await optionalPackage(() => import('pg'), missing)).default
  const times = { connectionTimeoutMillis: patience, query_timeout: patience }
  const pool = new PgPool({ connectionString: url, max: 10, allowExitOnIdle: true, ...times })
  // A connection that breaks while no statement runs is replaced; unheard, it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'a connection to the store for Idempotency-Key broke'))
  try {
    await pool.query(`BEGIN; SELECT pg_advisory_xact_lock(${turn}); ${texts.schema} COMMIT`)
  } catch (error) {
    await pool.end()
    throw error
  }
  return pool
}

const missing = "an idempotencyStore of PostgreSQL needs the package pg: install it with 'npm install pg'"
