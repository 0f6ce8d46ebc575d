/** A literal piece of a path segment, or a parameter's name; one that spans takes any number of segments. */
export type Piece = { readonly text: string } | { readonly param: string; readonly spans?: true }

/**
 * A path template, taken apart: `/files/{name}.json` has the segments `files` and `{name}.json`. A slash at its end
 * means nothing. `{path*}` spans slashes.
 */
export interface PathPattern {
  readonly path: string
  readonly segments: readonly (readonly Piece[])[]
  readonly params: readonly string[]
  /** The path with its parameters' names left out: patterns of one shape, and no others, match the same paths. */
  readonly shape: string
}

const nameForm = /^[A-Za-z_][\w-]*$/

/** What is wrong with a path template, as the end of a sentence; nothing when it is well formed. */
export function pathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return "does not start with '/': put one in front"
  if (/[?#]/.test(path))
    return "holds '?' or '#': a path ends before them, and query parameters are members of the input"
  const seen = new Set<string>()
  let spans = false
  let at = 0
  while (at < path.length) {
    const open = path.indexOf('{', at)
    const stray = path.indexOf('}', at)
    if (stray !== -1 && (open === -1 || stray < open)) return "has a '}' that no '{' opens: remove it or open it"
    if (open === -1) return undefined
    const close = path.indexOf('}', open)
    const written = path.slice(open + 1, close === -1 ? undefined : close)
    if (close === -1 || /[{/]/.test(written))
      return `has an unclosed parameter '{${written.split(/[{/]/)[0]}': close it with '}'`
    const spanning = written.endsWith('*')
    const name = spanning ? written.slice(0, -1) : written
    if (name === '') return "has an empty parameter '{}': give it the name of a member of the input"
    if (!nameForm.test(name)) return `has a parameter '{${name}}' with a bad name: use letters, digits, '_' and '-'`
    if (seen.has(name)) return `repeats the parameter '{${name}}': name each only once`
    if (path[close + 1] === '{') return `has adjacent parameters after '{${name}}': put a separator between them`
    if (spanning) {
      const alone = path[open - 1] === '/' && (close + 1 === path.length || path[close + 1] === '/')
      if (!alone)
        return `mixes '{${name}*}', which spans segments, with other text in one: put a '/' on each side of it`
      if (spans) return `has a second parameter that spans segments, '{${name}*}': leave one`
      spans = true
    }
    seen.add(name)
    at = close + 1
  }
  return undefined
}

/** The names of a path template's parameters, in order, also of one that is not well formed. */
export function paramNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*?)\*?\}/g)].map(([, name]) => name ?? '')
}

/** The template as OpenAPI writes it, which has no sign for a parameter that spans slashes. */
export function plainPath(path: string): string {
  return path.replaceAll('*}', '}')
}

/** Takes a well-formed path template apart. */
export function parsePath(path: string): PathPattern {
  const end = path.length > 1 && path.endsWith('/') ? -1 : path.length
  const segments = path.slice(1, end).split('/').map(parseSegment)
  const params = segments.flatMap((pieces) => pieces.flatMap((piece) => ('param' in piece ? [piece.param] : [])))
  return { path, segments, params, shape: `/${segments.map(shapeOf).join('/')}` }
}

/** A segment with its parameters' names left out, and percent-encoded where its text could be taken for something else. */
export function shapeOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) =>
      'param' in piece
        ? piece.spans
          ? '{*}'
          : '{}'
        : piece.text.replace(/[%/{}]/g, (mark) => encodeURIComponent(mark)),
    )
    .join('')
}

function parseSegment(segment: string): Piece[] {
  return segment
    .split(/(\{[^}]*\})/)
    .filter((text) => text !== '')
    .map((text) => (text.startsWith('{') ? parameter(text.slice(1, -1)) : { text: decodeLiteral(text) }))
}

function parameter(written: string): Piece {
  return written.endsWith('*') ? { param: written.slice(0, -1), spans: true } : { param: written }
}

/** Literals match decoded paths, so that a template may be written with or without percent-encoding. */
function decodeLiteral(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
