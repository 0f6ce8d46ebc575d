import type { OperationHeader } from '../kernel/operation.ts'
import type { JsonSchema } from '../schema/schema.ts'
import type { OpenApiHeader, OpenApiReference } from './openapi-document.ts'

type Headers = Readonly<Record<string, OpenApiHeader | OpenApiReference>>

/** Headers that operations share, by name. */
export const sharedHeaders: Readonly<Record<string, OpenApiHeader>> = {
  'X-Correlation-ID': {
    description: 'The correlation id of the call, the same in logs and problems',
    schema: { type: 'string' },
  },
}

/** The one header that every reply has. */
export const correlationId: Headers = headersOf(['X-Correlation-ID'])

/** Describes the headers of a reply; the content already says its type. */
export function headersOf(
  headers: readonly (string | OperationHeader)[],
  publish: (schema: JsonSchema) => JsonSchema = (schema) => schema,
): Headers {
  const all = headers.map((each) => (typeof each === 'string' ? { name: each } : each))
  return Object.fromEntries(
    all.flatMap((each) =>
      each.name.toLowerCase() === 'content-type' ? [] : [[each.name, openApiHeader(each, publish)]],
    ),
  )
}

function openApiHeader(
  { name, description, required, schema }: OperationHeader,
  publish: (schema: JsonSchema) => JsonSchema,
): OpenApiHeader | OpenApiReference {
  if (Object.hasOwn(sharedHeaders, name)) return { $ref: `#/components/headers/${name}` }
  return {
    ...(description !== undefined && { description }),
    ...(required === true && { required }),
    schema: schema === undefined ? { type: 'string' } : publish(schema),
  }
}
