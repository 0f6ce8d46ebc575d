import { overlaid, type Pairs } from './pairs.ts'

/**
 * The address of a call: its path below the base, with parameters filled in, and all others in the query, after those
 * that the address has.
 *
 * @throws TypeError where there is no base, a parameter of the path is missing, or the address is none of HTTP
 */
export function addressOf(
  base: URL | undefined,
  path: string | URL,
  shared: Pairs | undefined,
  own: Pairs | undefined,
): URL {
  const params = overlaid(shared, own)
  const used = new Set<string>()
  const filled = String(path).replace(/\{([^{}*]+)(\*?)\}/g, (_, name: string, many: string) => {
    used.add(name)
    return segment(String(path), name, params.find(([each]) => each === name)?.[1], many !== '')
  })
  const url = joined(base, filled)
  for (const [name, value] of params) if (!used.has(name)) url.searchParams.append(name, value)
  return url
}

/** The path below the base; a whole address stays as it is. @throws TypeError when neither gives an address of HTTP */
export function joined(base: URL | undefined, path: string): URL {
  const isWhole = /^[a-z][a-z\d+.-]*:\/\//i.test(path)
  const url = URL.parse(isWhole || base === undefined ? path : below(base, path))
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const way = base === undefined ? ", or give the client a base URL: client('https://…')" : ''
    throw new TypeError(`'${path}' is no address of http or https: give a whole one${way}`)
  }
  return url
}

function below(base: URL, path: string): string {
  const [, place = '', query = '', hash = ''] = /^([^?#]*)(\??[^#]*)(#?.*)$/s.exec(path) ?? []
  const url = new URL(base)
  url.hash = hash
  url.search = [url.search, query]
    .map((each) => each.slice(1))
    .filter((each) => each !== '')
    .join('&')
  if (place !== '') url.pathname = `${base.pathname.replace(/\/$/, '')}/${place.replace(/^\//, '')}`
  return url.href
}

function segment(path: string, name: string, value: string | undefined, many: boolean): string {
  if (value === undefined || value === '') {
    throw new TypeError(`'${path}' needs the parameter '${name}': give it in 'params'`)
  }
  const parts = many ? value.split('/') : [value]
  // An address with such a segment is taken as another one, whichever way it is written.
  if (parts.some((part) => part === '.' || part === '..')) {
    throw new TypeError(`The parameter '${name}' of '${path}' is '${value}', which would lead to another path`)
  }
  return parts.map(encodeURIComponent).join('/')
}
