/** A literal piece of a path segment, or a parameter's name. */
export type Piece = { readonly text: string } | { readonly param: string }

/**
 * A path template, taken apart: `/files/{name}.json` has the segments `files` and `{name}.json`. A slash at its end
 * means nothing.
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
  let at = 0
  while (at < path.length) {
    const open = path.indexOf('{', at)
    const stray = path.indexOf('}', at)
    if (stray !== -1 && (open === -1 || stray < open)) return "has a '}' that no '{' opens: remove it or open it"
    if (open === -1) return undefined
    const close = path.indexOf('}', open)
    const name = path.slice(open + 1, close === -1 ? undefined : close)
    if (close === -1 || /[{/]/.test(name))
      return `has an unclosed parameter '{${name.split(/[{/]/)[0]}': close it with '}'`
    if (name === '') return "has an empty parameter '{}': give it the name of a member of the input"
    if (!nameForm.test(name)) return `has a parameter '{${name}}' with a bad name: use letters, digits, '_' and '-'`
    if (seen.has(name)) return `repeats the parameter '{${name}}': name each only once`
    if (path[close + 1] === '{') return `has adjacent parameters after '{${name}}': put a separator between them`
    seen.add(name)
    at = close + 1
  }
  return undefined
}

/** The names of a path template's parameters, in order, also of one that is not well formed. */
export function paramNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '')
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
    .map((piece) => ('param' in piece ? '{}' : piece.text.replace(/[%/{}]/g, (mark) => encodeURIComponent(mark))))
    .join('')
}

function parseSegment(segment: string): Piece[] {
  return segment
    .split(/(\{[^}]*\})/)
    .filter((text) => text !== '')
    .map((text) => (text.startsWith('{') ? { param: text.slice(1, -1) } : { text: decodeLiteral(text) }))
}

/** Literals match decoded paths, so that a template may be written with or without percent-encoding. */
function decodeLiteral(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
