import type { Exchange } from '../exchange.ts'
import { readQuery } from '../input/query-text.ts'
import { headerName, queryName, stylesOf, type VersionStyle, type Versions } from './version-settings.ts'

/** The versions that a request names, the most wanted first, and where it does. */
export interface Requested {
  readonly style: VersionStyle
  readonly names: readonly string[]
}

/** Reads the version that a request names; undefined when it names none. @throws Problem `malformed_url` */
export type ReadVersion = (exchange: Exchange) => Requested | undefined

/** Compiles where versions are read from. */
export function versionReader(settings: Versions): ReadVersion {
  const readers = stylesOf(settings).map((style) => [style, namesBy[style](settings)] as const)
  return (exchange) => {
    for (const [style, read] of readers) {
      const names = read(exchange)
      if (names.length > 0) return { style, names }
    }
    return undefined
  }
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
    return ({ query }) => (query === '' ? [] : (readQuery(query).get(name) ?? []).slice(0, 1))
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
