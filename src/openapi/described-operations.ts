import type { Operation, OperationBody, OperationParameter, OperationReply } from '../kernel/operation.ts'
import type { JsonSchema } from '../schema/schema.ts'
import { isSchema } from '../schema/subschemas.ts'
import type { OpenApiMethod } from './openapi-document.ts'
import { operationIds } from './operation-ids.ts'
import { type Definitions, resolved, type SchemaUse } from './schema-use.ts'
import { pascalCase } from './words.ts'

/** An operation as a document shows it: one method and one id. */
export interface DescribedOperation {
  readonly id: string
  readonly method: OpenApiMethod
  readonly operation: Operation
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
  return known.map((each, index) => ({ ...each, id: ids[index] ?? '' }))
}

const anyMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']

function addressOf({ method, path }: Operation): string {
  return `${method} ${path}`
}

/** Makes the use of a schema of its side. */
export type UseOf = (schema: JsonSchema) => SchemaUse

/** How schemas of the request of an operation are used. */
export function inRequest({ id, operation }: DescribedOperation): UseOf {
  return using('request', operation.definitions, `${pascalCase(id)}Input`)
}

/** How schemas of a reply of an operation are used. */
export function inReply({ id }: DescribedOperation, { definitions }: OperationReply): UseOf {
  return using('reply', definitions, `${pascalCase(id)}Output`)
}

/** All replies that are no problems, the success first. */
export function repliesOf({ reply, furtherReplies = [] }: Operation): readonly OperationReply[] {
  return [reply, ...furtherReplies]
}

/** The same operation without the schemas of items, which only OpenAPI 3.2 has a word for. */
export function withoutItems(operation: Operation): Operation {
  const plain = (reply: OperationReply): OperationReply => ({ ...reply, body: bodyWithoutItems(reply.body) })
  const { body, reply, furtherReplies } = operation
  return {
    ...operation,
    body: bodyWithoutItems(body),
    reply: plain(reply),
    ...(furtherReplies !== undefined && { furtherReplies: furtherReplies.map(plain) }),
  }
}

function bodyWithoutItems(body: OperationBody | undefined): OperationBody | undefined {
  return body && { ...body, contents: body.contents.map(({ itemSchema: _, ...content }) => content) }
}

/** Every schema of an operation, as it is used. */
export function schemaUses(described: DescribedOperation): readonly SchemaUse[] {
  const { parameters, body } = described.operation
  const sent = [...parameters.map(({ schema }) => schema), ...schemasOf(body)].map(inRequest(described))
  const answered = repliesOf(described.operation).flatMap((reply) =>
    [...headerSchemas(reply), ...schemasOf(reply.body)].map(inReply(described, reply)),
  )
  return [...sent, ...answered]
}

function using(side: SchemaUse['side'], definitions: Definitions, owner: string): UseOf {
  return (schema) => ({ schema, definitions, side, owner })
}

function schemasOf(body: OperationBody | undefined): readonly JsonSchema[] {
  const all = body?.contents.flatMap(({ schema, itemSchema }) => [schema, itemSchema]) ?? []
  return all.filter((each) => each !== undefined)
}

function headerSchemas({ headers }: OperationReply): readonly JsonSchema[] {
  return headers.flatMap((each) => (typeof each === 'string' || each.schema === undefined ? [] : [each.schema]))
}

/** GET and DELETE carry no body that clients could rely on (RFC 9110, 9.3.1): there its members come from the query. */
function forMethod(operation: Operation, method: string): Operation {
  const { body, parameters, definitions } = operation
  if (body === undefined || (method !== 'GET' && method !== 'DELETE')) return { ...operation, method }
  const { properties, required } = resolved(body.contents[0]?.schema ?? {}, definitions)
  const names = new Set(Array.isArray(required) ? required : [])
  const members = Object.entries(isSchema(properties) ? properties : {}).map(([name, schema]): OperationParameter => {
    return { name, in: 'query', required: names.has(name), schema: isSchema(schema) ? schema : {} }
  })
  return { ...operation, method, body: undefined, parameters: [...parameters, ...members] }
}
