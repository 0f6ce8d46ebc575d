import type { JsonSchema } from '../schema/schema.ts'
import { mapSubschemas } from '../schema/subschemas.ts'
import { openSchema } from './published-schema.ts'
import { type Definitions, definitionName, isNameless, reached } from './schema-use.ts'

/** Tells definitions apart by content. */
export type ContentKey = (name: string, definitions: Definitions) => string

/**
 * Makes keys that are equal where definitions are equal, with all that they lead to. How closed they are does not matter,
 * nor what a schema library calls a definition that has no name of its own.
 */
export function contentKeys(): ContentKey {
  const numbers = new Map<string, number>()
  const numberOf = remembered((schema: JsonSchema) => {
    const text = JSON.stringify(openSchema(schema))
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  })
  const keysOf = remembered((_: Definitions) => new Map<string, string>())
  return (name, definitions) => {
    const keys = keysOf(definitions)
    const known = keys.get(name)
    if (known !== undefined) return known
    const names = [...new Set([name, ...reached(definitions[name] ?? {}, definitions)])]
    const labels = new Map(names.filter(isNameless).map((each, index) => [each, `nameless ${index}`]))
    const parts = names.map((each) => {
      const definition = definitions[each] ?? {}
      const number = numberOf(labels.size === 0 ? definition : relabelled(definition, labels))
      return `${JSON.stringify(labels.get(each) ?? each)} ${number}`
    })
    const key = parts.join()
    keys.set(name, key)
    return key
  }
}

function relabelled(schema: JsonSchema, labels: ReadonlyMap<string, string>): JsonSchema {
  const inner = mapSubschemas(schema, (subschema) => relabelled(subschema, labels))
  const label = labels.get(definitionName(schema) ?? '')
  return label === undefined ? inner : { ...inner, $ref: label }
}

function remembered<In extends object, Out>(compute: (value: In) => Out): (value: In) => Out {
  const known = new WeakMap<In, { readonly result: Out }>()
  return (value) => {
    const entry = known.get(value) ?? { result: compute(value) }
    known.set(value, entry)
    return entry.result
  }
}
