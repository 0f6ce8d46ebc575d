/** A path in one spelling: each segment percent-encoded alike, without a slash at its end. */
export function plainPath(path: string): string {
  const end = path.length > 1 && path.endsWith('/') ? -1 : path.length
  return path.slice(0, end).split('/').map(plain).join('/')
}

/** Whether a path pattern, with `{name}` for one segment and `*` for any text, stands for more than one path. */
export function isPattern(path: string): boolean {
  return wild.test(path)
}

/** Compiles a path pattern: whether a path, in the spelling of {@link plainPath}, is one of those that it stands for. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  if (!isPattern(pattern)) {
    const only = plainPath(pattern)
    return (path) => path === only
  }
  const end = pattern.length > 1 && pattern.endsWith('/') ? -1 : pattern.length
  const pieces = pattern.slice(0, end).split(/(\*|\{[^{}/]*\}|\/)/)
  const source = pieces.map((piece) => {
    if (piece === '/') return '/'
    if (piece === '*') return '.*'
    return piece.startsWith('{') ? '[^/]+' : plain(piece).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  const form = new RegExp(`^${source.join('')}$`)
  return (path) => form.test(path)
}

/** A path pattern with the parameters of a call put in where it names them. */
export function filled(pattern: string, params: ReadonlyMap<string, string>): string {
  return pattern.replace(/\{([^{}/]*)\}/g, (whole, name: string) => {
    const value = params.get(name)
    // What a client sends must not become a pattern.
    return value === undefined ? whole : encodeURIComponent(value).replaceAll('*', '%2A')
  })
}

const wild = /\*|\{[^{}/]*\}/

function plain(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment)).replaceAll('*', '%2A')
  } catch {
    return segment
  }
}
