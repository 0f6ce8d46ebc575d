import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type YAMLError } from 'yaml'

/** A line and a column of a file, from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** What a YAML file says, or what keeps it from being read. */
export interface ReadFile {
  readonly value: unknown
  /** What keeps it from being read. */
  readonly fault?: { readonly at: Position; readonly text: string }
  /** Where a value stands, or the key of it; the nearest thing around it where it is missing. */
  readonly positionOf: (path: readonly PropertyKey[], what: 'key' | 'value') => Position
}

/** So many characters may be in a file, and so many times may what is anchored be repeated. */
const mostCharacters = 1_048_576
const mostAliases = 100

/** Reads a YAML 1.2 file: core schema, no other tags, no key twice. */
export function readYamlFile(content: string): ReadFile {
  const lineCounter = new LineCounter()
  const position = (offset: number | undefined): Position => {
    const { line, col } = lineCounter.linePos(offset ?? 0)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const refused = (text: string, offset?: number): ReadFile => {
    return { value: undefined, fault: { at: position(offset), text }, positionOf: () => position(0) }
  }
  if (content.length > mostCharacters) return refused(`is larger than ${mostCharacters} characters`)
  const document = parseDocument(content, {
    ...{ version: '1.2', schema: 'core', merge: false, resolveKnownTags: false, stringKeys: true },
    ...{ uniqueKeys: true, prettyErrors: false, logLevel: 'error', lineCounter },
  })
  // What follows the first mistake are mostly its consequences.
  const [error] = [...document.errors, ...document.warnings]
  if (error !== undefined) return refused(wordsOf(error), error.code === 'RESOURCE_EXHAUSTION' ? 0 : error.pos[0])
  const nameless = keyWithoutName(document)
  if (nameless !== undefined) return refused('has the name __proto__, which nothing can have: take another', nameless)
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: mostAliases })
  } catch {
    return refused(`repeats what it has anchored too often, or has an alias for something that is not there`)
  }
  const start = (node: unknown, otherwise: number | undefined): number | undefined => {
    return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range?.[0] : otherwise
  }
  const positionOf: ReadFile['positionOf'] = (path, what) => {
    let node: unknown = document.contents
    let at = start(node, 0)
    for (const [index, part] of path.entries()) {
      if (isAlias(node)) node = node.resolve(document)
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(part))
        if (pair === undefined) break
        const asKey = what === 'key' && index === path.length - 1
        at = asKey ? start(pair.key, at) : start(pair.value, start(pair.key, at))
        node = pair.value
      } else if (isSeq(node)) {
        node = node.items[Number(part)]
        at = start(node, at)
      } else break
    }
    return position(at)
  }
  return { value, positionOf }
}

function wordsOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return "has a second document, which '---' begins: keep one of them"
  if (code === 'RESOURCE_EXHAUSTION') return 'is nested too deep'
  return `is no valid YAML: ${message.split('\n')[0] ?? ''}`
}

/** Where there is a key that models would pass over. */
function keyWithoutName(document: Document): number | undefined {
  let found: number | undefined
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value !== '__proto__') return undefined
      found = key.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return found
}
