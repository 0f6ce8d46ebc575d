import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import { essenceOf } from '../../openapi/media-type.ts'
import { type AnySchema, namedIn, resolved, type Schemas, schemaIn } from '../../openapi/schema-parts.ts'
import type { PartsBody } from './parts.ts'

/** The fields of a form that are files. */
export function fileFields({ body }: ReadOperation, sent: PartsBody, schemas: Schemas): ReadonlySet<string> {
  const content = body?.contents.find(({ type }) => sent.type !== undefined && essenceOf(type) === essenceOf(sent.type))
  const properties = Object.entries(namedIn(resolved(content?.schema ?? true, schemas), 'properties'))
  return new Set(properties.filter(([, schema]) => isFile(schema, schemas)).map(([name]) => name))
}

/** Whether a member is the content of a file, whose type and size no JSON Schema tells. */
export function isFile(schema: AnySchema, schemas: Schemas): boolean {
  const all = resolved(schema, schemas)
  const items = schemaIn(all, 'items')
  if (items !== undefined && items !== schema) return isFile(items, schemas)
  return all.format === 'binary' || (typeof all.contentMediaType === 'string' && all.contentEncoding === undefined)
}
