import type { OperationBody, OperationContent, OperationEncoding } from '../kernel/operation.ts'
import type { JsonSchema } from '../schema/schema.ts'
import type { UseOf } from './described-operations.ts'
import type { OpenApiContent, OpenApiEncoding, OpenApiMediaType } from './openapi-document.ts'
import type { SchemaUse } from './schema-use.ts'

/** Turns a schema of an operation into one of the document. */
export type Publish = (use: SchemaUse) => JsonSchema

/** The representations of a body, by media type. */
export function openApiContent({ contents }: OperationBody, useOf: UseOf, publish: Publish): OpenApiContent {
  return Object.fromEntries(contents.map((content) => [content.type, mediaType(content, useOf, publish)]))
}

function mediaType(content: OperationContent, useOf: UseOf, publish: Publish): OpenApiMediaType {
  const { schema, itemSchema, encoding, examples } = content
  return {
    ...(schema !== undefined && { schema: publish(useOf(schema)) }),
    ...(itemSchema !== undefined && { itemSchema: publish(useOf(itemSchema)) }),
    ...(encoding !== undefined && { encoding: encodings(encoding) }),
    ...(examples !== undefined && { examples }),
  }
}

function encodings(encoding: Readonly<Record<string, OperationEncoding>>): Readonly<Record<string, OpenApiEncoding>> {
  return Object.fromEntries(Object.entries(encoding).map(([name, each]) => [name, { ...each }]))
}
