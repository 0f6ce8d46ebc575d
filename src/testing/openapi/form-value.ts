import type { ReadApi } from '../../openapi/read/read-api.ts'
import { isSchema } from '../../schema/subschemas.ts'
import { propertiesOf, type QueryPairs, resolved } from './parameter-value.ts'
import type { SchemaCheck } from './schema-check.ts'
import { kindsOf, readText } from './text-value.ts'

type Schemas = ReadApi['schemas']
type Schema = Schemas[string]

/** The object that the fields of a form stand for: a name that comes again is a list, and what is no text is JSON. */
export function formValue(fields: QueryPairs, schema: Schema, schemas: Schemas, check: SchemaCheck): unknown {
  const properties = propertiesOf(schema, schemas)
  const read = (text: string, one: Schema): unknown => {
    const kinds = kindsOf(one, schemas)
    return kinds.has('object') || kinds.has('array') ? fromJson(text) : readText(text, one, check)
  }
  const members = [...Map.groupBy(fields, ([name]) => name)].map(([name, pairs]): readonly [string, unknown] => {
    const member = schemaOf(Object.hasOwn(properties, name) ? properties[name] : true)
    const texts = pairs.map(([, text]) => text)
    const list = resolved(member, schemas)
    const items = schemaOf(isSchema(list) ? list.items : true)
    if (kindsOf(member, schemas).has('array')) return [name, texts.map((text) => read(text, items))]
    const [first = ''] = texts
    return [name, texts.length === 1 ? read(first, member) : texts]
  })
  return Object.fromEntries(members)
}

function schemaOf(value: unknown): Schema {
  return isSchema(value) ? value : true
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
