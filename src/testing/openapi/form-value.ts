import type { ReadApi } from '../../openapi/read/read-api.ts'
import type { SchemaCheck } from './schema-check.ts'
import { itemsOf, memberOf } from './schema-parts.ts'
import { kindsOf, readText } from './text-value.ts'

type Schemas = ReadApi['schemas']
type Schema = Schemas[string]

/** Names and texts of a form, in their order. */
export type FormFields = readonly (readonly [name: string, text: string])[]

/** The object that the fields of a form stand for: a name that comes again is a list, and what is no text is JSON. */
export function formValue(fields: FormFields, schema: Schema, schemas: Schemas, check: SchemaCheck): unknown {
  const read = (text: string, one: Schema): unknown => {
    const kinds = kindsOf(one, schemas)
    return kinds.has('object') || kinds.has('array') ? fromJson(text) : readText(text, one, check)
  }
  const members = [...Map.groupBy(fields, ([name]) => name)].map(([name, pairs]): readonly [string, unknown] => {
    const member = memberOf(schema, name, schemas)
    const texts = pairs.map(([, text]) => text)
    if (kindsOf(member, schemas).has('array')) {
      return [name, texts.map((text) => read(text, itemsOf(member, schemas)))]
    }
    const [first = ''] = texts
    return [name, texts.length === 1 ? read(first, member) : texts]
  })
  return Object.fromEntries(members)
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
