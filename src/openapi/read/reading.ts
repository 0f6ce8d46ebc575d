import type { JsonSchema } from '../../schema/schema.ts'
import type { Place } from './place.ts'
import type { Source } from './source.ts'

/** A document that is read, with the schemas that have been met so far. */
export interface Reading {
  readonly source: Source
  /** The schema at a place, as JSON Schema 2020-12; what it refers to becomes a schema with a name. */
  readonly schema: (place: Place) => JsonSchema | boolean
}
