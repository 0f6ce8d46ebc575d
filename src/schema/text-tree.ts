import { type DeclaredMember, declaredMembers } from './declared-member.ts'
import { kindsOf } from './kind.ts'
import { setMember } from './member.ts'
import { dereference, toSchema, toSchemaList } from './reference.ts'
import type { JsonSchema } from './schema.ts'
import { isTextFailure, type ReadText, TextFailure, textReader } from './text.ts'

/** Texts under a name, and under names inside it: what `a[b]=1&a[c][]=2` says of `a`. */
export interface TextNode {
  readonly texts: string[]
  readonly members: Map<string, TextNode>
}

/** Reads such texts as one value, or a {@link TextFailure}. */
export type ReadTree = (node: TextNode) => unknown

const repeated = new TextFailure('repeated', 'must be given once')
const notNested = new TextFailure('invalid_type', 'must not have members')

/**
 * Compiles a reader of nested texts by declared type: objects by the names of their members, lists by `[]` or by index.
 *
 * @param schema may be a `$ref` into `root`.
 * @throws SchemaError when a `$ref` points at nothing.
 * @example
 * const read = treeReader({ type: 'object', properties: { gte: { type: 'number' } } }, {})
 * read(node) // { gte: 3 } for price[gte]=3
 */
export function treeReader(schema: JsonSchema, root: JsonSchema): ReadTree {
  const readText = textReader(schema, root)
  let nested: ReadTree | undefined
  return (node) => {
    if (node.members.size === 0) return plain(readText, node.texts)
    if (node.texts.length > 0) return repeated
    nested ??= nestedReader(schema, root)
    return nested(node)
  }
}

function plain(readText: ReadText, texts: readonly string[]): unknown {
  const [only] = texts
  return only !== undefined && texts.length === 1 ? readText(only) : readText(texts)
}

function nestedReader(schema: JsonSchema, root: JsonSchema): ReadTree {
  const kinds = kindsOf(schema, root)
  const readList = kinds.has('list') ? listReader(schema, root) : undefined
  const readObject = kinds.has('object') ? objectReader(schema, root) : undefined
  return (node) => {
    if (readList !== undefined && [...node.members.keys()].every((key) => /^\d*$/.test(key))) return readList(node)
    return readObject === undefined ? notNested : readObject(node)
  }
}

function objectReader(schema: JsonSchema, root: JsonSchema): ReadTree {
  const declared = declaredMembers(schema, root)
  const readers = new Map<DeclaredMember | undefined, ReadTree>()
  const others = toSchema(dereference(schema, root).additionalProperties)
  // Compiled with the first value, since a model may hold itself.
  const readerOf = (known: DeclaredMember | undefined): ReadTree => {
    const reader = readers.get(known) ?? treeReader(known?.schema ?? others, root)
    readers.set(known, reader)
    return reader
  }
  return ({ members }) => {
    const value: Record<string, unknown> = {}
    for (const [name, node] of members) {
      const member = readerOf(declared.get(name))(node)
      if (isTextFailure(member)) return below(member, name)
      setMember(value, name, member)
    }
    return value
  }
}

function listReader(schema: JsonSchema, root: JsonSchema): ReadTree {
  const lists = [dereference(schema, root), ...alternatives(dereference(schema, root), root)]
  const items = lists.find((each) => each.items !== undefined)?.items
  const readItem = treeReader(toSchema(items ?? true), root)
  return ({ members }) => {
    const appended = members.get('')
    const nodes: TextNode[] = [...members]
      .filter(([key]) => key !== '')
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, node]) => node)
    nodes.push(...(appended?.texts ?? []).map((text) => ({ texts: [text], members: new Map() })))
    if (appended !== undefined && appended.members.size > 0) nodes.push({ texts: [], members: appended.members })
    const values: unknown[] = []
    for (const node of nodes) {
      const value = readItem(node)
      if (isTextFailure(value)) return below(value, String(values.length))
      values.push(value)
    }
    return values
  }
}

function alternatives({ anyOf, oneOf, allOf }: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  return [anyOf, oneOf, allOf].flatMap(toSchemaList).map((each) => dereference(each, root))
}

function below({ code, message, path }: TextFailure, name: string): TextFailure {
  return new TextFailure(code, message, `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}${path}`)
}
