import type { Exchange } from '../exchange.ts'
import type { Endpoint } from '../feature.ts'
import type { RouteTable } from '../route/route-table.ts'
import { versionReader } from './requested-version.ts'

/** The version of what was found that the request means; what was found when it names none that there is. */
export type ChooseVersion<E extends Endpoint> = (exchange: Exchange, found: E) => E

/** Chooses among the versions of a table; undefined where there are none to choose from. */
export function chooseVersion<E extends Endpoint>({ version }: RouteTable<E>): ChooseVersion<E> | undefined {
  if (version === undefined) return undefined
  const readers = new Map<Endpoint, ReturnType<typeof versionReader>>()
  return (exchange, found) => {
    const own = found.channel.version
    if (own === undefined || own.inPath) return found
    const read = readers.get(found) ?? versionReader(own.settings)
    readers.set(found, read)
    for (const name of read(exchange)?.names ?? []) {
      const target = version(exchange.method, found, name)
      if (target !== undefined) return target
    }
    return found
  }
}
