import type { OperationReply } from '../kernel/operation.ts'
import { openApiContent, type Publish } from './content.ts'
import { type DescribedOperation, inReply, inRequest, repliesOf } from './described-operations.ts'
import { openApiCallbacks } from './events.ts'
import type { OpenApiMethod, OpenApiOperation, OpenApiPath, OpenApiResponse } from './openapi-document.ts'
import { openApiParameter } from './parameter.ts'
import { isRefused, type ProblemResponses, type ProblemStatus } from './problem-responses.ts'
import { reasonPhrase } from './reason-phrase.ts'
import { headersOf } from './reply-headers.ts'
import { openApiLinks } from './reply-links.ts'
import { sentence } from './words.ts'

/** The id of the operation that shows a service. */
export type IdOf = (service: string) => string | undefined

/** The order in which people look for the methods of a path: what reads before what changes. */
const order: readonly OpenApiMethod[] = ['get', 'head', 'query', 'post', 'put', 'patch', 'delete', 'options']

/** The paths of a document, in the order of the operations; the methods of each in an order of their own. */
export function openApiPaths(
  operations: readonly DescribedOperation[],
  publish: Publish,
  problemName: ProblemResponses['nameOf'],
): Readonly<Record<string, OpenApiPath>> {
  const byPath = Map.groupBy(operations, ({ operation }) => operation.path)
  const idOf: IdOf = (service) => operations.find(({ operation }) => operation.service === service)?.id
  return Object.fromEntries(
    [...byPath].map(([path, group]) => [
      path,
      Object.fromEntries(
        group
          .toSorted((one, other) => order.indexOf(one.method) - order.indexOf(other.method))
          .map((each) => [each.method, openApiOperation(each, publish, idOf, problemName)]),
      ),
    ]),
  )
}

function openApiOperation(
  described: DescribedOperation,
  publish: Publish,
  idOf: IdOf,
  problemName: ProblemResponses['nameOf'],
): OpenApiOperation {
  const { id, operation } = described
  const { service, summary, description, tags, deprecated, parameters, body, problems, callbacks, security } = operation
  const sent = inRequest(described)
  const refused: readonly ProblemStatus[] = problems.map(({ status }) => status)
  // A text alone says what a refusal means here; the rest of it stays what it is.
  const meanings = new Map(
    repliesOf(operation).flatMap(({ status, body, description }) =>
      body === undefined && description !== undefined && refused.includes(status) ? [[status, description]] : [],
    ),
  )
  const replies = repliesOf(operation).flatMap((reply) => {
    return meanings.has(reply.status) ? [] : [[reply.status, openApiReply(described, reply, publish, idOf)] as const]
  })
  const refusals = [...refused, ...(isRefused(operation) ? (['default'] as const) : [])].map((status) => {
    const description = meanings.get(status)
    const $ref = `#/components/responses/${problemName(operation, status)}`
    return [status, { $ref, ...(description !== undefined && { description }) }] as const
  })
  return {
    operationId: id,
    summary: summary ?? sentence(service.slice(service.lastIndexOf('.') + 1)),
    ...(description !== undefined && { description }),
    ...(tags.length > 0 && { tags }),
    ...(deprecated && { deprecated }),
    ...(parameters.length > 0 && {
      parameters: parameters.map((each) => openApiParameter(each, publish(sent(each.schema)))),
    }),
    ...(body !== undefined && {
      requestBody: {
        ...(body.description !== undefined && { description: body.description }),
        ...(body.required && { required: true }),
        content: openApiContent(body, sent, publish),
      },
    }),
    responses: Object.fromEntries([...refusals, ...replies]),
    ...(callbacks !== undefined && { callbacks: openApiCallbacks(callbacks, publish) }),
    ...(security !== undefined && { security }),
  }
}

function openApiReply(
  described: DescribedOperation,
  reply: OperationReply,
  publish: Publish,
  idOf: IdOf,
): OpenApiResponse {
  const { status, description, headers, body, links } = reply
  const useOf = inReply(described, reply)
  return {
    description: description ?? reasonPhrase(status),
    headers: headersOf(headers, (schema) => publish(useOf(schema))),
    ...(body !== undefined && { content: openApiContent(body, useOf, publish) }),
    ...(links !== undefined && { links: openApiLinks(links, idOf) }),
  }
}
