import { BoundedMap } from '../authenticate/bounded-map.ts'
import type { Store } from './store.ts'

/** So many rows are kept. */
const most = 10_000

/**
 * Remembers rows by key until the version of their store changes: at once for what this process has written, if it has
 * called `changed`, a millisecond later at the most for what others have.
 */
export function keptRows<Row>(
  { version }: Pick<Store, 'version'>,
  read: (key: string) => Row | undefined,
): (key: string) => Row | undefined {
  let rows = new BoundedMap<Row>(most)
  let seen = Number.NaN
  return (key) => {
    const now = version()
    if (now !== seen) rows = new BoundedMap(most)
    seen = now
    const known = rows.get(key)
    if (known !== undefined) return known
    const row = read(key)
    if (row !== undefined) rows.set(key, row)
    return row
  }
}
