import type { OperationBody } from '../kernel/operation.ts'
import type { JsonSchema } from '../schema/schema.ts'
import type { DescribedOperation } from './described-operations.ts'
import type { OpenApiContent, OpenApiOperation, OpenApiPath, OpenApiResponse } from './openapi-document.ts'
import { openApiParameter } from './parameter.ts'
import { problemResponseName } from './problem-responses.ts'
import { reasonPhrase } from './reason-phrase.ts'
import { headersOf } from './reply-headers.ts'
import type { SchemaUse } from './schema-use.ts'
import { sentence } from './words.ts'

/** Turns a schema of an operation into one of the document. */
export type Publish = (use: SchemaUse) => JsonSchema

/** The paths of a document, in the order of the operations. */
export function openApiPaths(
  operations: readonly DescribedOperation[],
  publish: Publish,
): Readonly<Record<string, OpenApiPath>> {
  const byPath = Map.groupBy(operations, ({ operation }) => operation.path)
  return Object.fromEntries(
    [...byPath].map(([path, group]) => [
      path,
      Object.fromEntries(group.map((each) => [each.method, openApiOperation(each, publish)])),
    ]),
  )
}

function openApiOperation(described: DescribedOperation, publish: Publish): OpenApiOperation {
  const { id, operation, parameters, body } = described
  const { service, summary, description, tags, deprecated, reply, problems } = operation
  const refusals = problems.map(({ status }) => {
    return [status, { $ref: `#/components/responses/${problemResponseName(status)}` }] as const
  })
  return {
    operationId: id,
    summary: summary ?? sentence(service.slice(service.lastIndexOf('.') + 1)),
    ...(description !== undefined && { description }),
    ...(tags.length > 0 && { tags }),
    ...(deprecated && { deprecated }),
    ...(parameters.length > 0 && {
      parameters: parameters.map(([parameter, use]) => openApiParameter(parameter, publish(use))),
    }),
    ...(operation.body !== undefined && {
      requestBody: {
        ...(operation.body.required && { required: true }),
        content: contentOf(operation.body, body, publish),
      },
    }),
    responses: { [reply.status]: success(described, publish), ...Object.fromEntries(refusals) },
  }
}

function success({ operation, reply }: DescribedOperation, publish: Publish): OpenApiResponse {
  const { status, headers, body } = operation.reply
  return {
    description: reasonPhrase(status),
    headers: headersOf(headers),
    ...(body !== undefined && { content: contentOf(body, reply, publish) }),
  }
}

function contentOf({ types }: OperationBody, use: SchemaUse | undefined, publish: Publish): OpenApiContent {
  const content = use === undefined ? {} : { schema: publish(use) }
  return Object.fromEntries(types.map((type) => [type, content]))
}
