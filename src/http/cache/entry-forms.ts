import { whenReady } from '../../kernel/chain.ts'
import type { Forms } from '../compress/kept-forms.ts'
import type { CacheEntry, CacheStore } from './cache-store.ts'

/** Keeps the compressed forms of an entry in memory within it, so that each is made once, and gone with it. */
export function entryForms(store: Pick<CacheStore, 'get' | 'set'>, key: string, entry: CacheEntry): Forms {
  return (coding, make) =>
    entry.forms?.[coding] ??
    whenReady(make(), (bytes) =>
      whenReady(store.get(key), (current) => {
        // What was dropped or replaced meanwhile must not come back.
        if (current === undefined || current.body !== entry.body) return bytes
        const forms = { ...current.forms, [coding]: bytes }
        return whenReady(store.set(key, { ...current, forms }), () => bytes)
      }),
    )
}
