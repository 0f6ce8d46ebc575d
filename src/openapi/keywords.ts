import type { JsonSchema } from '../schema/schema.ts'

/** The schema keywords of OpenAPI 3.0, in the order in which people read them. */
export const keywords30: readonly string[] = [
  ...['$ref', 'title', 'description', 'deprecated', 'type', 'nullable', 'format', 'enum', 'default', 'example'],
  ...['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'pattern'],
  ...['items', 'minItems', 'maxItems', 'uniqueItems', 'properties', 'required', 'additionalProperties'],
  ...['minProperties', 'maxProperties', 'allOf', 'anyOf', 'oneOf', 'not', 'discriminator', 'readOnly', 'writeOnly'],
  ...['xml', 'externalDocs'],
]

const places: ReadonlyMap<string, number> = new Map(keywords30.map((keyword, place) => [keyword, place]))

/** The same schema with its own keywords in that order; newer ones come last. */
export function inReadingOrder(schema: JsonSchema): JsonSchema {
  const place = (keyword: string): number => places.get(keyword) ?? keywords30.length
  return Object.fromEntries(Object.entries(schema).sort(([a], [b]) => place(a) - place(b)))
}
