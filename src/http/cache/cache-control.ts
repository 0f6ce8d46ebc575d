/** How long, and by whom, a reply may be kept (RFC 9111, 5.2.2; RFC 5861; RFC 8246); durations are in seconds. */
export interface CacheControl {
  /** For how long it is fresh. */
  readonly maxAge?: number
  /** Counts for shared caches in place of `maxAge`. */
  readonly sMaxAge?: number
  /** Shared caches may keep it, also where a request with credentials would keep them from it. */
  readonly public?: boolean
  /** Only the client itself may keep it. */
  readonly private?: boolean
  /** Nobody may keep it. */
  readonly noStore?: boolean
  /** May be kept, but must be asked about each time. */
  readonly noCache?: boolean
  /** Once it is stale, it must be asked about before it is used. */
  readonly mustRevalidate?: boolean
  /** Never changes while it is fresh. */
  readonly immutable?: boolean
  /** For how long a stale one may be used while a new one is fetched. */
  readonly staleWhileRevalidate?: number
  /** For how long a stale one may be used where fetching a new one fails. */
  readonly staleIfError?: number
}

/** A setting for the `Cache-Control` of replies. */
export interface CacheControlSettings {
  /**
   * The `Cache-Control` of successes of GET, HEAD and QUERY, as text or as an object with durations in seconds. Problems
   * get `no-store`. What a service sets itself beats both; `false` takes back what the app or the base says.
   */
  readonly cacheControl?: string | CacheControl | false
}

/** The directives as the header has them. */
export function cacheControlText(control: string | CacheControl): string {
  if (typeof control === 'string') return control
  return Object.entries(control)
    .filter(([, value]) => value !== false && value !== undefined)
    .map(([name, value]) => (value === true ? directive(name) : `${directive(name)}=${value}`))
    .join(', ')
}

const durations: ReadonlySet<string> = new Set(['max-age', 's-maxage', 'stale-while-revalidate', 'stale-if-error'])
const flags: ReadonlySet<string> = new Set([
  'public',
  'private',
  'no-store',
  'no-cache',
  'must-revalidate',
  'immutable',
])

/** What is wrong with a `Cache-Control`, as ends of sentences: durations that are none, and directives that contradict. */
export function cacheControlFaults(control: string | CacheControl): string[] {
  const text = cacheControlText(control)
  if (text.trim() === '') return ['says nothing: give a directive, such as { maxAge: 60 }, or remove it']
  const said = readDirectives(text)
  const faults: string[] = []
  for (const [name, value] of said) {
    // A text may have directives that are not known here; an object has none.
    if (durations.has(name) && !/^\d+$/.test(value ?? '')) {
      faults.push(`gives ${name} as ${value ?? 'nothing'}: give a whole number of seconds from 0`)
    }
    if (typeof control === 'object' && !durations.has(name) && !(flags.has(name) && value === undefined)) {
      faults.push(`has ${name}${value === undefined ? '' : `=${value}`}, which is no directive: change or remove it`)
    }
  }
  for (const [one, other] of contradictions) {
    if (said.has(one) && said.has(other)) faults.push(`has both ${one} and ${other}: leave one out`)
  }
  return faults
}

/** The directives of a `Cache-Control` header by their names in lower case; undefined is the value of a flag. */
export function readDirectives(header: string): Map<string, string | undefined> {
  const found = header.matchAll(/([\w!#$%&'*+.^`|~-]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s,;]*)))?/g)
  return new Map([...found].map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain]))
}

const contradictions: readonly (readonly [one: string, other: string])[] = [
  ['public', 'private'],
  ['s-maxage', 'private'],
  ['no-cache', 'immutable'],
  ...[...durations, 'public', 'no-cache', 'must-revalidate', 'immutable'].map((name) => ['no-store', name] as const),
  ['must-revalidate', 'stale-while-revalidate'],
  ['must-revalidate', 'stale-if-error'],
]

function directive(name: string): string {
  if (name === 'sMaxAge') return 's-maxage'
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
