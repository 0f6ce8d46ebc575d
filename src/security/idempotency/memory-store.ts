import type { Clock } from '../../kernel/clock.ts'
import type { IdempotencyStore, KeptReply } from '../../kernel/idempotency-store.ts'
import { inIntervals } from './intervals.ts'

interface Row {
  readonly fingerprint: string
  readonly owner: string
  /** When it stops to count, in milliseconds since 1970: the lease of a call that runs, the expiry of one that was done. */
  readonly endsAt: number
  readonly result: 'in progress' | 'not kept' | KeptReply
}

/** What the store may hold. */
export interface MemoryStoreRoom {
  /** Bytes of all kept replies: 64 MiB if it is not given. Of more, the oldest count as not kept. */
  readonly bytes?: number
  /** Calls that are remembered: 200,000 if it is not given. Of more, those that were done first are forgotten. */
  readonly calls?: number
}

/** Keeps calls in memory: for one process, as long as it lives. */
export function memoryStore(
  clock: Clock,
  { bytes: most = 64 * 1024 * 1024, calls: mostCalls = 200_000 }: MemoryStoreRoom = {},
): IdempotencyStore {
  const rows = new Map<string, Row>()
  /** The keys of kept replies, the oldest first, and their bytes. */
  const sizes = new Map<string, number>()
  let held = 0
  const now = (): number => clock.now().getTime()
  const forget = (key: string): void => {
    held -= sizes.get(key) ?? 0
    sizes.delete(key)
  }
  const clean = inIntervals(clock, () => {
    const time = now()
    for (const [key, { endsAt }] of rows) {
      if (endsAt > time) continue
      forget(key)
      rows.delete(key)
    }
    return false
  })
  /** Whoever sends ever new keys must not fill the memory. A call that runs is never forgotten. */
  const makeRoom = (): void => {
    for (const [key, { result }] of rows) {
      if (rows.size < mostCalls) return
      if (result === 'in progress') continue
      forget(key)
      rows.delete(key)
    }
  }
  const ownRow = (key: string, owner: string): Row | undefined => {
    const row = rows.get(key)
    return row?.owner === owner ? row : undefined
  }
  const keep = (key: string, size: number): void => {
    forget(key)
    sizes.set(key, size)
    held += size
    for (const oldest of sizes.keys()) {
      if (held <= most) return
      const row = rows.get(oldest)
      if (row !== undefined) rows.set(oldest, { ...row, result: 'not kept' })
      forget(oldest)
    }
  }
  return {
    begin: ({ key, owner }, fingerprint, lease) => {
      clean()
      const row = rows.get(key)
      if (row !== undefined && row.endsAt > now()) return row.fingerprint === fingerprint ? row.result : 'other payload'
      forget(key)
      rows.delete(key)
      if (rows.size >= mostCalls) makeRoom()
      rows.set(key, { fingerprint, owner, endsAt: now() + lease, result: 'in progress' })
      return 'new'
    },
    renew: ({ key, owner }, lease) => {
      const row = ownRow(key, owner)
      if (row?.result !== 'in progress') return false
      rows.set(key, { ...row, endsAt: now() + lease })
      return true
    },
    finish: ({ key, owner }, reply, milliseconds) => {
      const row = ownRow(key, owner)
      if (row === undefined) return false
      rows.set(key, { ...row, endsAt: now() + milliseconds, result: reply ?? 'not kept' })
      if (reply !== undefined) keep(key, sizeOf(reply))
      return true
    },
    release: ({ key, owner }) => {
      if (ownRow(key, owner)?.result === 'in progress') rows.delete(key)
    },
  }
}

function sizeOf({ headers, body }: KeptReply): number {
  return headers.reduce((sum, each) => sum + each.length, body?.byteLength ?? 0)
}
