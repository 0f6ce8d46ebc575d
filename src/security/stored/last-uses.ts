import type { Clock } from '../../kernel/clock.ts'
import type { Logger } from '../../kernel/logger.ts'
import { transaction } from '../store/store.ts'
import type { SecurityFile } from './security-file.ts'

/** When definitions have last let somebody in, to the minute: callers that are known are not asked about more often. */
export interface LastUses {
  readonly used: (definition: string) => void
  /** By the names of definitions, in milliseconds since 1970. */
  readonly read: () => ReadonlyMap<string, number>
  /** Writes what is not written yet. */
  readonly flush: () => void
}

/** So long they are gathered before they are written, in milliseconds. */
const batch = 2_000

/** Makes it; what is not kept anywhere is remembered by this process alone. */
export function lastUses(
  file: SecurityFile,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): LastUses {
  const known = new Map<string, number>()
  const unwritten = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (unwritten.size === 0) return
    try {
      const db = file.reading()
      // An app that keeps no definitions makes no file for this.
      if (db === undefined) return
      const write = db.prepare(
        'INSERT INTO uses VALUES (?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)',
      )
      transaction(db, () => {
        for (const name of unwritten) write.run(name, known.get(name) ?? 0)
      })
      unwritten.clear()
    } catch (error) {
      log.error({ err: error }, 'the last uses of security definitions cannot be kept')
    }
  }
  return {
    used: (definition) => {
      known.set(definition, clock.now().getTime())
      unwritten.add(definition)
      timer ??= setTimeout(flush, batch).unref()
    },
    read: () => {
      const kept = file.reading()?.prepare('SELECT name, last FROM uses').all() ?? []
      const all = new Map(kept.map(({ name, last }) => [String(name), Number(last)]))
      for (const [name, last] of known) if (last > (all.get(name) ?? 0)) all.set(name, last)
      return all
    },
    flush,
  }
}
