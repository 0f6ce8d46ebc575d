import type { ReadApi, ReadOperation } from '../../openapi/read/read-api.ts'

/** What a document has for a method and a path. */
export interface FoundOperation {
  /** Nothing where the document has no such path. */
  readonly path: string | undefined
  /** Nothing where the path has no such method; that of GET for HEAD. */
  readonly operation: ReadOperation | undefined
}

/**
 * Finds the operation of a request: by the template of its path, or by its path or address as it was sent. With `spanning` the
 * parameter at the end of a template takes in slashes.
 */
export type FindOperation = (method: string, path: string, spanning?: boolean) => FoundOperation

interface Template {
  readonly path: string
  readonly pattern: RegExp
  /** The pattern with slashes in the parameter at its end; nothing where there is none. */
  readonly spanning: RegExp | undefined
  readonly methods: ReadonlyMap<string, ReadOperation>
}

/** Makes the finder for an API: as servers do, it prefers what is literal in a template to what is a parameter. */
export function operationFinder(api: ReadApi): FindOperation {
  const byPath = Map.groupBy(api.operations, ({ path }) => path)
  const templates = [...byPath]
    .map(([path, operations]): Template => {
      const spanning = path.endsWith('}') ? patternOf(path, '(.+)') : undefined
      const methods = new Map(operations.map((each) => [each.method, each]))
      return { path, pattern: patternOf(path), spanning, methods }
    })
    .toSorted((one, other) => compare(one.path, other.path))
  const exact = new Map(templates.map((each) => [each.path, each]))
  const bases = [...new Set(api.servers.map(basePath))].sort((one, other) => other.length - one.length)

  const match = (text: string, isSpanning: boolean): Template | undefined => {
    const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(text)?.[1] ?? text.split(/[?#]/)[0] ?? ''
    const without = bases.filter((base) => path === base || path.startsWith(`${base}/`))
    const candidates = [...without.map((base) => path.slice(base.length) || '/'), path]
    for (const each of candidates) {
      const patternIn = ({ pattern, spanning }: Template): RegExp | undefined => (isSpanning ? spanning : pattern)
      const template = exact.get(each) ?? templates.find((one) => patternIn(one)?.test(each))
      if (template !== undefined) return template
    }
    return undefined
  }
  return (method, text, spanning = false) => {
    const template = exact.get(text) ?? match(text, spanning)
    const upper = method.toUpperCase()
    const operation = template?.methods.get(upper) ?? (upper === 'HEAD' ? template?.methods.get('GET') : undefined)
    return { path: template?.path, operation }
  }
}

/** Every parameter is one segment, or a part of one; the literal parts may be sent percent-encoded. */
function patternOf(template: string, last = '([^/]+)'): RegExp {
  const parts = template.split(/\{[^{}]*\}/).map((part) => {
    return [...part].map((letter) => (letter === '/' ? '/' : anyForm(letter))).join('')
  })
  const [end = '', ...before] = parts.toReversed()
  const start = before.toReversed().join('([^/]+)')
  return new RegExp(`^${before.length === 0 ? end : start + last + end}$`)
}

function anyForm(letter: string): string {
  const plain = letter.replaceAll(/[.+?^${}()|[\]\\*]/g, '\\$&')
  const encoded = Buffer.from(letter).toString('hex').replaceAll(/../g, '%$&')
  return /[A-Za-z0-9_~-]/.test(letter) ? plain : `(?:${plain}|${encoded}|${encoded.toUpperCase()})`
}

/** Segment by segment, the literal before the parameter. */
function compare(one: string, other: string): number {
  const rank = (path: string): string =>
    path
      .split('/')
      .map((segment) => (/^\{[^{}]*\}$/.test(segment) ? 2 : segment.includes('{') ? 1 : 0))
      .join('')
  return rank(one) < rank(other) ? -1 : Number(rank(one) > rank(other))
}

function basePath(server: string): string {
  if (!URL.canParse(server, 'http://localhost')) return ''
  return new URL(server, 'http://localhost').pathname.replace(/\/+$/, '')
}
