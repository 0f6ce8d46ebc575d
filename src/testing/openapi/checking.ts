import type { ReadApi } from '../../openapi/read/read-api.ts'
import type { SchemaCheck } from './schema-check.ts'

/** What parts of a message are checked with. */
export interface Checking {
  readonly check: SchemaCheck
  /** The named schemas of the document. */
  readonly schemas: ReadApi['schemas']
  /** Whether the document is one of Trestle, whose ways of writing are known. */
  readonly ownDocument: boolean
}
