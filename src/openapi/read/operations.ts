import { faultAt } from './document-error.ts'
import { readParameters } from './parameters.ts'
import { asText, entriesAt, flagAt, isObject, itemsAt, memberAt, namedAt, type Place, textAt } from './place.ts'
import type { ReadOperation, ReadRequirement } from './read-api.ts'
import type { Reading } from './reading.ts'
import { resolved } from './references.ts'
import { readBody, readReplies } from './replies.ts'
import { readSecurity } from './security.ts'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** All operations of a document, in its order. */
export function readOperations(reading: Reading): readonly ReadOperation[] {
  const { root } = reading.source
  const security = readSecurity(root) ?? []
  return namedAt(memberAt(root, 'paths')).flatMap(([path, place]) => {
    if (!path.startsWith('/')) throw faultAt(place, `is no path: begin it with a slash, as in /${path}`)
    const item = pathItem(reading, place)
    return operationsOf(reading, item).map(([method, operation]) => {
      return readOperation(reading, { path, item, method, operation, security })
    })
  })
}

/** A path item with what its `$ref` leads to; what stands beside the `$ref` counts for more. */
function pathItem(reading: Reading, place: Place): Place {
  const target = resolved(reading.source, place)
  if (target === place || !isObject(place.value) || !isObject(target.value)) return target
  const { $ref: _, ...beside } = place.value
  return { ...target, value: { ...target.value, ...beside } }
}

function operationsOf({ source }: Reading, item: Place): readonly (readonly [method: string, operation: Place])[] {
  const known = source.minor >= 2 ? [...methods, 'query'] : methods
  const fixed = entriesAt(item).filter(([name, { value }]) => known.includes(name) && value !== null)
  const further = source.minor >= 2 ? namedAt(memberAt(item, 'additionalOperations')) : []
  return [...fixed.map(([method, place]) => [method.toUpperCase(), place] as const), ...further]
}

interface Found {
  readonly path: string
  readonly item: Place
  readonly method: string
  readonly operation: Place
  readonly security: readonly ReadRequirement[]
}

function readOperation(reading: Reading, { path, item, method, operation, security }: Found): ReadOperation {
  const body = memberAt(operation, 'requestBody')
  return {
    id: textAt(operation, 'operationId'),
    method,
    path,
    summary: textAt(operation, 'summary') ?? textAt(item, 'summary'),
    description: textAt(operation, 'description') ?? textAt(item, 'description'),
    deprecated: flagAt(operation, 'deprecated'),
    tags: itemsAt(memberAt(operation, 'tags')).map(asText),
    parameters: readParameters(reading, path, [memberAt(item, 'parameters'), memberAt(operation, 'parameters')]),
    body: body && readBody(reading, body),
    replies: readReplies(reading, memberAt(operation, 'responses')),
    security: readSecurity(operation) ?? security,
  }
}
