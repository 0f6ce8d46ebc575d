import type { JsonSchema } from '../schema/schema.ts'
import { mapSubschemas, walkSchema } from '../schema/subschemas.ts'

/** Schemas by the name after `#/$defs/`. */
export type Definitions = Readonly<Record<string, JsonSchema>>

/** A schema where an operation uses it: in what a client sends, or in what it gets. */
export interface SchemaUse {
  readonly schema: JsonSchema
  readonly definitions: Definitions
  readonly side: 'request' | 'reply'
  /** What a model in it is called that has no name of its own. */
  readonly owner: string
}

const prefix = '#/$defs/'
const root = '__schema'

/** The name of the definition that a schema refers to, if it refers to one. */
export function definitionName({ $ref: ref }: JsonSchema): string | undefined {
  if (typeof ref !== 'string' || !ref.startsWith(prefix)) return undefined
  return decodeURIComponent(ref.slice(prefix.length)).replaceAll('~1', '/').replaceAll('~0', '~')
}

// Zod numbers `__schema0`, Valibot `0`, ArkType `intersection1`.
const madeUp = /^(?:__schema|(?:intersection|union|morph|domain|proto)?\d)\d*$/

/** Whether the name of a definition was made up by a schema library, for a model that holds itself. */
export function isNameless(name: string): boolean {
  return madeUp.test(name)
}

/** The definition that a schema refers to, else the schema itself. */
export function resolved(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const name = definitionName(schema)
  return (name === undefined ? undefined : definitions[name]) ?? schema
}

/** The names of all definitions that a schema leads to, in the order in which it does. */
export function reached(schema: JsonSchema, definitions: Definitions): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (each: JsonSchema): void => {
    const name = definitionName(each)
    const definition = name === undefined ? undefined : definitions[name]
    if (name === undefined || definition === undefined || names.has(name)) return
    names.add(name)
    walkSchema(definition, visit)
  }
  walkSchema(schema, visit)
  return names
}

/** The same use with no reference to its root (`#`), which in a document is another: such a root becomes a definition. */
export function rooted(use: SchemaUse): SchemaUse {
  const { schema, definitions } = use
  const inUse = [...reached(schema, definitions)].map((name) => [name, definitions[name] ?? {}] as const)
  if (![schema, ...inUse.map(([, each]) => each)].some(refersToRoot)) return use
  const redirect = (each: JsonSchema): JsonSchema => {
    const inner = mapSubschemas(each, redirect)
    return inner.$ref === '#' ? { ...inner, $ref: prefix + root } : inner
  }
  const all = [[root, schema] as const, ...inUse].map(([name, each]) => [name, redirect(each)] as const)
  return { ...use, schema: { $ref: prefix + root }, definitions: Object.fromEntries(all) }
}

function refersToRoot(schema: JsonSchema): boolean {
  let found = false
  walkSchema(schema, ({ $ref }) => {
    found ||= $ref === '#'
  })
  return found
}
