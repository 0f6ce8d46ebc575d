import { type PathPattern, type Piece, shapeOf } from './path-pattern.ts'
import { decodePercent } from './percent.ts'
import { literalLength, type SegmentMatcher, segmentMatcher } from './segment-matcher.ts'
import { decodeSpan } from './span.ts'

interface Mixed<T> {
  readonly shape: string
  readonly weight: number
  readonly match: SegmentMatcher
  readonly node: Node<T>
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>
  readonly mixed: Mixed<T>[]
  param: Node<T> | undefined
  span: Node<T> | undefined
  leaf: T | undefined
}

/** What a path leads to, and the values of the path's parameters in the order of the template. */
export interface Match<T> {
  readonly target: T
  readonly params: readonly string[]
}

/**
 * Finds the target of a path. In each segment a literal beats a mixed segment (`{name}.json`), the one with more
 * literal text first, that beats a parameter, and that one which spans segments (`{path*}`); if the better choice leads
 * nowhere, the next is tried. A trailing slash is not significant, but part of what a parameter at the end spans.
 */
export class Router<T> {
  readonly #root: Node<T> = newNode()

  /** Adds a target; two patterns of one shape are the caller's to refuse. */
  add(pattern: PathPattern, target: T): void {
    let node = this.#root
    for (const pieces of pattern.segments) node = child(node, pieces)
    node.leaf = target
  }

  /** The target of a path as it was sent. @throws Problem `malformed_url` */
  find(path: string): Match<T> | undefined {
    if (path.charCodeAt(0) !== slash) return undefined
    const end = path.length > 1 && path.charCodeAt(path.length - 1) === slash ? path.length - 1 : path.length
    const params: string[] = []
    const encoded = path.includes('%')
    const target = walk(this.#root, { path, end, encoded }, 1, params)
    if (target !== undefined) return { target, params }
    // A segment that no template got to is no better for it.
    if (encoded) decodePercent(path)
    return undefined
  }
}

const slash = 47

function newNode<T>(): Node<T> {
  return { literals: new Map(), mixed: [], param: undefined, span: undefined, leaf: undefined }
}

function child<T>(node: Node<T>, pieces: readonly Piece[]): Node<T> {
  const [first] = pieces
  if (first === undefined || (pieces.length === 1 && 'text' in first)) {
    const text = first !== undefined && 'text' in first ? first.text : ''
    const known = node.literals.get(text)
    if (known !== undefined) return known
    const made = newNode<T>()
    node.literals.set(text, made)
    return made
  }
  if (pieces.length === 1) {
    if ('spans' in first) {
      node.span ??= newNode()
      return node.span
    }
    node.param ??= newNode()
    return node.param
  }
  const shape = shapeOf(pieces)
  const known = node.mixed.find((each) => each.shape === shape)
  if (known !== undefined) return known.node
  const made = newNode<T>()
  node.mixed.push({ shape, weight: literalLength(pieces), match: segmentMatcher(pieces), node: made })
  node.mixed.sort((a, b) => b.weight - a.weight)
  return made
}

/** A path to be walked: where it ends, and whether its segments are percent-encoded. */
interface Way {
  readonly path: string
  readonly end: number
  readonly encoded: boolean
}

/** The target below a node, for the rest of the way that begins at `start`. */
function walk<T>(node: Node<T>, way: Way, start: number, params: string[]): T | undefined {
  const stop = nextSlash(way, start)
  const sent = way.path.slice(start, stop)
  // Each segment is decoded by itself, and once: an encoded slash is text, not a separator.
  const segment = way.encoded ? decodePercent(sent) : sent
  if (node.literals.size > 0) {
    const literal = node.literals.get(segment)
    const target = literal && below(literal, way, stop, params)
    if (target !== undefined) return target
  }
  const before = params.length
  for (let at = 0; at < node.mixed.length; at++) {
    const { match, node: next } = node.mixed[at] as Mixed<T>
    const values = match(segment)
    if (values === undefined) continue
    params.push(...values)
    const target = below(next, way, stop, params)
    if (target !== undefined) return target
    params.length = before
  }
  if (node.param !== undefined && segment !== '') {
    params.push(segment)
    const target = below(node.param, way, stop, params)
    if (target !== undefined) return target
    params.length = before
  }
  return node.span === undefined ? undefined : span(node.span, way, start, stop, params)
}

/** Takes one segment, then more until what is left leads somewhere; all there is only when nothing may follow. */
function span<T>(node: Node<T>, way: Way, start: number, first: number, params: string[]): T | undefined {
  const before = params.length
  for (let stop = first; stop < way.end; stop = nextSlash(way, stop + 1)) {
    if (stop === start) continue
    params.push('')
    const target = walk(node, way, stop + 1, params)
    if (target !== undefined) {
      params[before] = decodeSpan(way.path.slice(start, stop))
      return target
    }
    params.length = before
  }
  if (node.leaf === undefined || start >= way.end) return undefined
  params.push(decodeSpan(way.path.slice(start)))
  return node.leaf
}

function nextSlash({ path, end }: Way, from: number): number {
  const found = path.indexOf('/', from)
  return found === -1 || found > end ? end : found
}

function below<T>(node: Node<T>, way: Way, stop: number, params: string[]): T | undefined {
  return stop === way.end ? node.leaf : walk(node, way, stop + 1, params)
}
