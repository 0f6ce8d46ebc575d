import { faultAt } from './document-error.ts'
import { readOperations } from './operations.ts'
import { memberAt, objectAt, type Place, textAt } from './place.ts'
import type { ReadApi } from './read-api.ts'
import { schemaReader } from './schema-reader.ts'
import { readSecuritySchemes } from './security.ts'
import { readServers } from './servers.ts'
import { sourceOf } from './source.ts'

/**
 * Reads a document of OpenAPI 3.0, 3.1 or 3.2 into one form for all of them. All that it refers to must be in it.
 *
 * @throws DocumentError with the place of what is not as OpenAPI says
 */
export function readOpenApi(document: unknown): ReadApi {
  try {
    return read(document)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw faultAt({ pointer: '#' }, 'is nested too deeply to be read, or contains itself')
  }
}

function read(document: unknown): ReadApi {
  objectAt({ value: document, pointer: '#' })
  const source = sourceOf(document)
  const schemas = schemaReader(source)
  const info: Place = memberAt(source.root, 'info') ?? { value: {}, pointer: '#/info' }
  const operations = readOperations({ source, schema: schemas.read })
  return {
    openapi: source.version,
    title: textAt(info, 'title') ?? 'API',
    version: textOrNumber(info, 'version') ?? '',
    description: textAt(info, 'description'),
    servers: readServers(source.root),
    operations,
    schemas: schemas.named(),
    securitySchemes: readSecuritySchemes(source),
  }
}

/** YAML reads a version such as 1.0 without quotes as a number. */
function textOrNumber(place: Place, name: string): string | undefined {
  const member = memberAt(place, name)
  return typeof member?.value === 'number' ? String(member.value) : textAt(place, name)
}
