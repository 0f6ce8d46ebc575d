import { isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument, type YAMLMap } from 'yaml'
import { type Problem, problem } from '../../../kernel/problem.ts'
import { deepestNesting, tooDeep } from '../../input/json-body.ts'

/** So many marks, names, texts, blanks and line ends may be in a document: reading YAML takes long, JSON a hundredth. */
const mostTokens = 60_000

/** So many times a document may refer to what it has anchored: an alias can hold aliases, and each level multiplies. */
const mostAliases = 100

/** So many values may come of a document, those that aliases repeat counted again. */
const mostValues = 250_000

/**
 * Reads a YAML 1.2 document as the value that JSON could say (RFC 9512, 3.4): core schema, no other tags, no key
 * twice, no numbers that JSON does not have; the key `__proto__` is dropped.
 *
 * @throws Problem `malformed_body`, and `nesting_too_deep` beyond `deepest` levels.
 */
export function readYaml(text: string, deepest: number = deepestNesting): unknown {
  let tokens = 0
  for (const _ of new Lexer().lex(text)) {
    if (++tokens > mostTokens) throw problem('malformed_body', `The body may hold ${mostTokens} tokens of YAML`)
  }
  const lines = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // Its own search for keys that come twice takes time by the square of their number.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  })
  const fault = (what: string, at: number | undefined): Problem => {
    const { line, col } = lines.linePos(at ?? 0)
    return problem('malformed_body', `The body is not valid YAML: ${what}, line ${line}, column ${col}`)
  }
  const [error] = [...document.errors, ...document.warnings]
  if (error?.code === 'RESOURCE_EXHAUSTION') throw tooDeep(deepest)
  if (error !== undefined) throw fault(error.message.split('\n')[0] ?? '', error.pos[0])

  const anchored = new Map<string, { readonly value: unknown; readonly size: number }>()
  let aliases = 0
  let values = 0
  const count = (more: number): void => {
    values += more
    if (values > mostValues) throw problem('malformed_body', `The body may hold ${mostValues} values`)
  }
  const read = (node: unknown, depth: number): unknown => {
    if (depth > deepest) throw tooDeep(deepest)
    if (isAlias(node)) {
      const target = anchored.get(node.source)
      if (++aliases > mostAliases) throw problem('malformed_body', `The body may hold ${mostAliases} aliases`)
      if (target === undefined) throw fault(`nothing is anchored as ${node.source} before`, node.range?.[0])
      count(target.size)
      return target.value
    }
    const before = values
    count(1)
    const value = isSeq(node)
      ? node.items.map((item) => read(item, depth + 1))
      : isMap(node)
        ? members(node, depth + 1)
        : scalar(node)
    // Anchored only now, so that an alias of what it stands in leads to nothing.
    if ((isSeq(node) || isMap(node) || isScalar(node)) && node.anchor !== undefined) {
      anchored.set(node.anchor, { value, size: values - before })
    }
    return value
  }
  const members = ({ items }: YAMLMap, depth: number): Record<string, unknown> => {
    const made: Record<string, unknown> = {}
    for (const { key, value } of items) {
      const name = String(isScalar(key) ? key.value : key)
      if (Object.hasOwn(made, name)) throw fault(`the key ${name} twice`, isScalar(key) ? key.range?.[0] : undefined)
      const one = read(value, depth)
      if (name !== '__proto__') made[name] = one
    }
    return made
  }
  const scalar = (node: unknown): unknown => {
    if (!isScalar(node)) return null
    const { value, range } = node
    if (typeof value === 'number' && !Number.isFinite(value))
      throw fault('a number that JSON does not have', range?.[0])
    return value
  }
  return read(document.contents, 0)
}
