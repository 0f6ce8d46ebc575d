import type { ReadApi } from '../../openapi/read/read-api.ts'
import { isSchema } from '../../schema/subschemas.ts'

type Schemas = ReadApi['schemas']
type Schema = Schemas[string]

/** A schema, or what it refers to. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  if (!isSchema(schema) || typeof schema.$ref !== 'string') return schema
  const target = schemas[schema.$ref.slice('#/components/schemas/'.length)]
  return target === undefined ? true : resolved(target, schemas)
}

/** The schema of a member of an object, through a reference; `true` where none is described. */
export function memberOf(schema: Schema, name: string, schemas: Schemas): Schema {
  const target = resolved(schema, schemas)
  const properties = isSchema(target) && isSchema(target.properties) ? target.properties : {}
  const member = Object.hasOwn(properties, name) ? properties[name] : undefined
  return isSchema(member) ? member : true
}

/** The schema of the items of a list, through a reference; `true` where none is described. */
export function itemsOf(schema: Schema, schemas: Schemas): Schema {
  const target = resolved(schema, schemas)
  return isSchema(target) && isSchema(target.items) ? target.items : true
}
