import { declaredMembers } from './declared-member.ts'
import { kindsOf } from './kind.ts'
import type { JsonSchema } from './schema.ts'
import { type ReadText, textReader } from './text.ts'
import { type ReadTree, treeReader } from './text-tree.ts'

/** One top-level member of an input, which a path, query, header, cookie, form or body may carry. */
export interface InputMember {
  readonly name: string
  /** As it stands in the model: it may be a `$ref` into the JSON Schema of the input. */
  readonly schema: JsonSchema
  readonly required: boolean
  /** Reads the member from text; compiled when it is first asked for. */
  readonly readText: ReadText
  /** Reads the member from texts with names inside it, such as `filter[name]`; compiled when it is first asked for. */
  readonly readTree: ReadTree
  /** Whether it is a list, and never a single value. */
  readonly isList: boolean
  /** Whether it is always an object. */
  readonly isObject: boolean
}

/**
 * The members of an input in declared order, with references followed, `allOf` merged and those of alternatives put
 * together; undefined when the input is not always an object, so that it can only be a body as a whole.
 *
 * @throws SchemaError when a `$ref` points at nothing.
 */
export function inputMembers(root: JsonSchema): ReadonlyMap<string, InputMember> | undefined {
  const kinds = kindsOf(root, root)
  if (kinds.size !== 1 || !kinds.has('object')) return undefined
  const declared = [...declaredMembers(root, root)]
  return new Map(declared.map(([name, { schema, required }]) => [name, member(name, schema, required, root)]))
}

function member(name: string, schema: JsonSchema, required: boolean, root: JsonSchema): InputMember {
  let read: ReadText | undefined
  let nested: ReadTree | undefined
  return {
    name,
    schema,
    required,
    get isList(): boolean {
      const kinds = kindsOf(schema, root)
      return kinds.has('list') && !kinds.has('scalar')
    },
    get isObject(): boolean {
      const kinds = kindsOf(schema, root)
      return kinds.has('object') && kinds.size === 1
    },
    get readTree(): ReadTree {
      nested ??= treeReader(schema, root)
      return nested
    },
    get readText(): ReadText {
      read ??= textReader(schema, root)
      return read
    },
  }
}
