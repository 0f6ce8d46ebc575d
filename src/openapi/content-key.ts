import type { JsonSchema } from '../schema/schema.ts'
import { openSchema } from './published-schema.ts'
import { type Definitions, reached } from './schema-use.ts'

/** Tells definitions apart by content. */
export type ContentKey = (name: string, definitions: Definitions) => string

/** Makes keys that are equal where definitions are equal, with all that they lead to; how closed they are aside. */
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
    const own = definitions[name] ?? {}
    const all = [
      [name, own] as const,
      ...[...reached(own, definitions)].map((each) => [each, definitions[each] ?? {}] as const),
    ]
    const key = all.map(([each, schema]) => `${JSON.stringify(each)} ${numberOf(schema)}`).join()
    keys.set(name, key)
    return key
  }
}

function remembered<In extends object, Out>(compute: (value: In) => Out): (value: In) => Out {
  const known = new WeakMap<In, { readonly result: Out }>()
  return (value) => {
    const entry = known.get(value) ?? { result: compute(value) }
    known.set(value, entry)
    return entry.result
  }
}
