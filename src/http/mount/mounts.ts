import type { Awaitable } from '../../kernel/chain.ts'
import type { Exchange } from '../exchange.ts'
import type { RouteTable } from '../route/route-table.ts'
import { withPrefixedLinks } from './prefixed-links.ts'

type Answer = (exchange: Exchange) => Awaitable<void>

/** What answers below a prefix. */
export interface Mount {
  readonly prefix: string
  readonly answer: Answer
}

/** Finds what is mounted at a path. */
export type FindMount = (path: string) => Answer | undefined

/** Compiles mounts: of several that hold a path, the one with the longest prefix answers; undefined where there is none. */
export function findMount(mounts: readonly Mount[]): FindMount | undefined {
  if (mounts.length === 0) return undefined
  const known = [...mounts].sort((a, b) => b.prefix.length - a.prefix.length)
  return (path) => known.find(({ prefix }) => holds(prefix, path))?.answer
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

/** The mounts that no request gets to, since channels of the app answer at their prefixes and below. */
export function hiddenMounts(mounts: readonly Mount[], { allowed }: RouteTable<unknown>): readonly string[] {
  const covered = mounts.filter(({ prefix }) => probes.every((each) => allowed(prefix + each).length > 0))
  return covered.map(({ prefix }) => `the mount '${prefix}' can never be reached: channels answer all paths below it`)
}

/** Paths that only parameters match. */
const probes = ['/-', '/-/-', '/-/-/-']

/** The part of a URL below a prefix. */
export function belowPrefix(url: string, prefix: string): string {
  const below = url.slice(prefix.length)
  return below.startsWith('/') ? below : `/${below}`
}

/** Lets an app see exchanges without the prefix that they have. */
export function entering(prefix: string, answer: Answer): Answer {
  return (exchange) => {
    exchange.filter((outgoing) => withPrefixedLinks(outgoing, prefix))
    exchange.base += prefix
    exchange.url = belowPrefix(exchange.url, prefix)
    exchange.path = belowPrefix(exchange.path, prefix)
    return answer(exchange)
  }
}
