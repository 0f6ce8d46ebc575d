import type { Awaitable } from '../../kernel/chain.ts'
import type { Exchange } from '../exchange.ts'
import { withPrefixedLinks } from './prefixed-links.ts'

/** What answers below a prefix: it sees paths without it, unless it keeps them. */
export interface Mount {
  readonly prefix: string
  readonly keepsPrefix: boolean
  readonly answer: (exchange: Exchange) => Awaitable<void>
}

/** Finds what is mounted at a path. */
export type FindMount = (path: string) => ((exchange: Exchange) => Awaitable<void>) | undefined

/** Compiles mounts: of several that hold a path, the one with the longest prefix answers; undefined where there is none. */
export function findMount(mounts: readonly Mount[]): FindMount | undefined {
  if (mounts.length === 0) return undefined
  const known = [...mounts]
    .sort((a, b) => b.prefix.length - a.prefix.length)
    .map((mount) => ({ ...mount, enter: entering(mount) }))
  return (path) => known.find(({ prefix }) => holds(prefix, path))?.enter
}

/** What is wrong with a prefix, as the end of a sentence; nothing when something can be mounted there. */
export function mountFault(prefix: string): string | undefined {
  if (!prefix.startsWith('/')) return "does not start with '/': put one in front"
  if (prefix.endsWith('/')) return "ends with '/': leave it out"
  if (/[{}?#%]|\/\//.test(prefix)) return 'is no plain path: use literal segments'
  return undefined
}

function holds(prefix: string, path: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || path.charAt(prefix.length) === '/')
}

function entering({ prefix, keepsPrefix, answer }: Mount): (exchange: Exchange) => Awaitable<void> {
  if (keepsPrefix) return answer
  return (exchange) => {
    exchange.filter((outgoing) => withPrefixedLinks(outgoing, prefix))
    exchange.base += prefix
    const below = exchange.url.slice(prefix.length)
    exchange.url = below.startsWith('/') ? below : `/${below}`
    exchange.path = exchange.path.slice(prefix.length) || '/'
    return answer(exchange)
  }
}
