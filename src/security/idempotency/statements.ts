import type { ClaimOutcome } from '../../kernel/idempotency-store.ts'

/** How many rows are removed at once, so that nobody waits for it. */
export const atOnce: number = 1000

/** What a store asks its database. */
export interface Statements {
  readonly schema: string
  /** Takes key, owner, fingerprint, end of the lease, now. */
  readonly take: string
  /** Takes the key. */
  readonly read: string
  /** Takes key, owner, end of the lease. */
  readonly renew: string
  /** Takes key, owner, expiry, status, headers, body. Again by the same call, it changes nothing. */
  readonly finish: string
  /** Takes key, owner. */
  readonly release: string
  /** Takes now; asks again of the row itself, which another call may have taken meanwhile. */
  readonly clean: string
}

/**
 * The statements of both databases, which differ in how a parameter and a column of bytes are written. Each is atomic by
 * itself: of calls that begin at once, exactly one changes the row.
 *
 * A row without a status is of a call that runs, one with a status but no headers of a reply that was not kept.
 * `ends_at` is when the row stops to count: the lease of a call that runs, the expiry of one that was done.
 */
export function statementsFor(place: (number: number) => string, bytes: string): Statements {
  const [first, second, third, fourth, fifth, sixth] = [1, 2, 3, 4, 5, 6].map(place)
  const own = `key = ${first} AND owner = ${second}`
  const held = `${own} AND status IS NULL`
  return {
    schema: `
      CREATE TABLE IF NOT EXISTS trestle_idempotency (
        key TEXT PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        owner TEXT NOT NULL,
        ends_at BIGINT NOT NULL,
        status INTEGER,
        headers TEXT,
        body ${bytes}
      );
      CREATE INDEX IF NOT EXISTS trestle_idempotency_end ON trestle_idempotency (ends_at);`,
    take: `
      INSERT INTO trestle_idempotency (key, owner, fingerprint, ends_at)
      VALUES (${first}, ${second}, ${third}, ${fourth})
      ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, fingerprint = excluded.fingerprint,
        ends_at = excluded.ends_at, status = NULL, headers = NULL, body = NULL
      WHERE trestle_idempotency.ends_at <= ${fifth}`,
    read: `SELECT fingerprint, status, headers, body FROM trestle_idempotency WHERE key = ${first}`,
    renew: `UPDATE trestle_idempotency SET ends_at = ${third} WHERE ${held}`,
    finish: `
      UPDATE trestle_idempotency SET ends_at = ${third}, status = ${fourth}, headers = ${fifth}, body = ${sixth}
      WHERE ${own}`,
    release: `DELETE FROM trestle_idempotency WHERE ${held}`,
    clean: `
      DELETE FROM trestle_idempotency WHERE ends_at <= ${first} AND key IN (
        SELECT key FROM trestle_idempotency WHERE ends_at <= ${first} LIMIT ${atOnce})`,
  }
}

/** What a row says to a call that begins with its key. */
export function begunBy(row: Readonly<Record<string, unknown>>, fingerprint: string): Exclude<ClaimOutcome, 'new'> {
  const { status, headers, body } = row
  if (row.fingerprint !== fingerprint) return 'other payload'
  if (status === null) return 'in progress'
  if (typeof headers !== 'string') return 'not kept'
  return {
    status: Number(status),
    headers: JSON.parse(headers) as readonly string[],
    body: body instanceof Uint8Array ? body : undefined,
  }
}
