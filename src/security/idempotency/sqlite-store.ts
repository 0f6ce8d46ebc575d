import { join } from 'node:path'
import type { StatementSync } from 'node:sqlite'
import type { Clock } from '../../kernel/clock.ts'
import type { IdempotencyStore } from '../../kernel/idempotency-store.ts'
import { openStore } from '../store/store.ts'
import { flushed } from './flushed.ts'
import { inIntervals } from './intervals.ts'
import type { OpenedStore } from './opened-store.ts'
import { atOnce, begunBy, statementsFor } from './statements.ts'

const { schema, ...texts } = statementsFor((number) => `?${number}`, 'BLOB')

/** Keeps calls in `idempotency.db` of the data folder, which is opened at the first of them. */
export function sqliteStore(folder: string, clock: Clock): OpenedStore {
  const now = (): number => clock.now().getTime()
  let opened: ReturnType<typeof open> | undefined
  const open = () => {
    const { db, close } = openStore(folder, 'idempotency', schema, { durable: 'normal' })
    const { flush, close: closeLog } = flushed(join(folder, 'idempotency.db-wal'))
    const prepared = (text: string): StatementSync => db.prepare(text)
    const clean = prepared(texts.clean)
    return {
      take: prepared(texts.take),
      read: prepared(texts.read),
      renew: prepared(texts.renew),
      finish: prepared(texts.finish),
      release: prepared(texts.release),
      clean: inIntervals(clock, () => clean.run(now()).changes === atOnce),
      flush,
      close: async () => {
        await closeLog()
        close()
      },
    }
  }
  const store = (): ReturnType<typeof open> => {
    opened ??= open()
    return opened
  }
  const calls: IdempotencyStore = {
    begin: ({ key, owner }, fingerprint, lease) => {
      const { take, read, clean } = store()
      clean()
      for (;;) {
        if (take.run(key, owner, fingerprint, now() + lease, now()).changes === 1) return 'new'
        const row = read.get(key)
        // Another process may have released it meanwhile.
        if (row !== undefined) return begunBy(row, fingerprint)
      }
    },
    renew: ({ key, owner }, lease) => store().renew.run(key, owner, now() + lease).changes === 1,
    finish: async ({ key, owner }, reply, milliseconds) => {
      const { status = 0, headers, body = null } = reply ?? {}
      const kept = headers === undefined ? null : JSON.stringify(headers)
      const { finish, flush } = store()
      const held = finish.run(key, owner, now() + milliseconds, status, kept, body).changes === 1
      // Only this has to outlast a power cut. What cannot be flushed is there all the same, for all processes.
      if (held) await flush().catch(() => {})
      return held
    },
    release: ({ key, owner }) => void store().release.run(key, owner),
  }
  return { store: calls, close: () => opened?.close() }
}
