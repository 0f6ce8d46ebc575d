import type { Operation, OperationParameter } from '../kernel/operation.ts'
import type { JsonSchema } from '../schema/schema.ts'
import type { OpenApiMethod } from './openapi-document.ts'
import { operationIds } from './operation-ids.ts'
import { resolved, type SchemaUse } from './schema-use.ts'
import { isSchema } from './subschemas.ts'
import { pascalCase } from './words.ts'

/** An operation as a document shows it: one method, one id, and each schema with its definitions. */
export interface DescribedOperation {
  readonly id: string
  readonly method: OpenApiMethod
  readonly operation: Operation
  readonly parameters: readonly (readonly [parameter: OperationParameter, use: SchemaUse])[]
  readonly body: SchemaUse | undefined
  readonly reply: SchemaUse | undefined
}

/** The operations that a document shows: none that is hidden, and one for each method where a channel takes any. */
export function describedOperations(
  operations: readonly Operation[],
  methods: readonly OpenApiMethod[],
): readonly DescribedOperation[] {
  const shown = operations.filter(({ hidden }) => !hidden)
  const explicit = new Set(shown.map(addressOf))
  const single = shown.flatMap((operation) => {
    if (operation.method !== '*') return [operation]
    const each = anyMethods.map((method) => forMethod(operation, method))
    return each.filter((one) => !explicit.has(addressOf(one)))
  })
  const known = single.flatMap((operation) => {
    const method = methods.find((each) => each === operation.method.toLowerCase())
    return method === undefined ? [] : [{ method, operation }]
  })
  const ids = operationIds(known.map(({ method, operation }) => ({ method, service: operation.service })))
  return known.map(({ method, operation }, index) => described(ids[index] ?? '', method, operation))
}

const anyMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']

function addressOf({ method, path }: Operation): string {
  return `${method} ${path}`
}

function described(id: string, method: OpenApiMethod, operation: Operation): DescribedOperation {
  const { definitions, parameters, body, reply } = operation
  const requested = (schema: JsonSchema): SchemaUse => {
    return { schema, definitions, side: 'request', owner: `${pascalCase(id)}Input` }
  }
  const replied = (schema: JsonSchema): SchemaUse => {
    return { schema, definitions: reply.definitions, side: 'reply', owner: `${pascalCase(id)}Output` }
  }
  return {
    id,
    method,
    operation,
    parameters: parameters.map((each) => [each, requested(each.schema)]),
    body: body?.schema && requested(body.schema),
    reply: reply.body?.schema && replied(reply.body.schema),
  }
}

/** GET and DELETE carry no body that clients could rely on (RFC 9110, 9.3.1): there its members come from the query. */
function forMethod(operation: Operation, method: string): Operation {
  const { body, parameters, definitions } = operation
  if (body === undefined || (method !== 'GET' && method !== 'DELETE')) return { ...operation, method }
  const { properties, required } = resolved(body.schema ?? {}, definitions)
  const names = new Set(Array.isArray(required) ? required : [])
  const members = Object.entries(isSchema(properties) ? properties : {}).map(([name, schema]): OperationParameter => {
    return { name, in: 'query', required: names.has(name), schema: isSchema(schema) ? schema : {} }
  })
  return { ...operation, method, body: undefined, parameters: [...parameters, ...members] }
}
