import type { Exchange } from '../exchange.ts'
import { readQuery } from '../input/query-text.ts'
import { headerName, queryName, stylesOf, type VersionStyle, type Versions } from './version-settings.ts'

/** The versions that a request names, the most wanted first, and where it does. */
export interface Requested {
  /** The first of the ways in which it does. */
  readonly style: VersionStyle
  /** Those that all ways agree on; none where they contradict each other. */
  readonly names: readonly string[]
  /** All that were named, in the order of the ways. */
  readonly named: readonly string[]
}

/** Reads the version that a request names; undefined when it names none. @throws Problem `malformed_url` */
export type ReadVersion = (exchange: Exchange) => Requested | undefined

/** Compiles where versions are read from. */
export function versionReader(settings: Versions): ReadVersion {
  const readers = stylesOf(settings).map((style) => [style, namesBy[style](settings)] as const)
  return (exchange) => {
    let found: Requested | undefined
    for (const [style, read] of readers) {
      const named = read(exchange)
      if (named.length === 0) continue
      if (found === undefined) found = { style, names: agreed(style, named), named }
      else {
        const names = found.names.filter((name) => named.includes(name))
        found = { style: found.style, names, named: [...found.named, ...named] }
      }
    }
    return found
  }
}

/** An `Accept` lists what would do; of several versions in a query none is the one. */
function agreed(style: VersionStyle, named: readonly string[]): readonly string[] {
  return style === 'query' && new Set(named).size > 1 ? [] : named
}

type ReadNames = (exchange: Exchange) => readonly string[]

const namesBy: Readonly<Record<VersionStyle, (settings: Versions) => ReadNames>> = {
  path: () => () => [],
  header: (settings) => {
    const name = headerName(settings).toLowerCase()
    return ({ headers }) => {
      const value = headers[name]
      return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : []
    }
  },
  query: (settings) => {
    const name = queryName(settings) ?? 'version'
    return ({ query }) => (query === '' ? [] : (readQuery(query).get(name) ?? []))
  },
  'media-type': () => {
    return ({ headers: { accept } }) => (typeof accept === 'string' ? acceptedVersions(accept) : [])
  },
}

const versionParameter = /;\s*version\s*=\s*"?([^";,\s]+)"?/i
const quality = /;\s*q\s*=\s*([\d.]+)/i

/** The versions of an `Accept`, by their quality (RFC 9110, 12.5.1). */
function acceptedVersions(accept: string): readonly string[] {
  return accept
    .split(',')
    .flatMap((range) => {
      const name = versionParameter.exec(range)?.[1]
      const q = Number(quality.exec(range)?.[1] ?? 1)
      return name === undefined || q === 0 ? [] : [{ name, q }]
    })
    .sort((a, b) => b.q - a.q)
    .map(({ name }) => name)
}
