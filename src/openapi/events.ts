import type { Operation, OperationBody, OperationEvent, OperationReply } from '../kernel/operation.ts'
import type { JsonSchema } from '../schema/schema.ts'
import { openApiContent, type Publish } from './content.ts'
import type { UseOf } from './described-operations.ts'
import type { OpenApiMethod, OpenApiOperation, OpenApiPath } from './openapi-document.ts'
import { reasonPhrase } from './reason-phrase.ts'
import type { SchemaUse } from './schema-use.ts'
import { pascalCase, sentence } from './words.ts'

/** The requests that an API sends by itself, by name. */
export type Webhooks = Readonly<Record<string, OperationEvent>>

/** Every schema of the events, as it is used. */
export function eventUses(operations: readonly Operation[], webhooks: Webhooks): readonly SchemaUse[] {
  const called = operations.flatMap(({ callbacks = {} }) =>
    Object.entries(callbacks).flatMap(([name, events]) => Object.values(events).map((event) => [name, event] as const)),
  )
  return [...Object.entries(webhooks), ...called].flatMap(([name, event]) => [
    ...schemasOf(event.body).map(sentBy(name, event)),
    ...schemasOf(event.reply.body).map(answeredTo(name, event.reply)),
  ])
}

/** The webhooks of a document (since OpenAPI 3.1). */
export function openApiWebhooks(webhooks: Webhooks, publish: Publish): Readonly<Record<string, OpenApiPath>> {
  return Object.fromEntries(Object.entries(webhooks).map(([name, event]) => [name, openApiEvent(name, event, publish)]))
}

/** The callbacks of an operation: by name, then by the expression of their address. */
export function openApiCallbacks(
  callbacks: NonNullable<Operation['callbacks']>,
  publish: Publish,
): NonNullable<OpenApiOperation['callbacks']> {
  return Object.fromEntries(
    Object.entries(callbacks).map(([name, events]) => [
      name,
      Object.fromEntries(
        Object.entries(events).map(([address, event]) => [address, openApiEvent(name, event, publish)]),
      ),
    ]),
  )
}

function openApiEvent(name: string, event: OperationEvent, publish: Publish): OpenApiPath {
  const { method, summary, description, tags, body, reply } = event
  const operation: Omit<OpenApiOperation, 'operationId'> = {
    summary: summary ?? sentence(name),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(body !== undefined && {
      requestBody: { required: true, content: openApiContent(body, sentBy(name, event), publish) },
    }),
    responses: {
      [reply.status]: {
        description: reply.description ?? reasonPhrase(reply.status),
        ...(reply.body !== undefined && { content: openApiContent(reply.body, answeredTo(name, reply), publish) }),
      },
    },
  }
  return { [method.toLowerCase() as OpenApiMethod]: operation }
}

/** What the API sends is to a receiver what a reply is to a client: it may grow. */
function sentBy(name: string, { definitions }: OperationEvent): UseOf {
  return (schema) => ({ schema, definitions, side: 'reply', owner: `${pascalCase(name)}Event` })
}

function answeredTo(name: string, { definitions }: OperationReply): UseOf {
  return (schema) => ({ schema, definitions, side: 'request', owner: `${pascalCase(name)}Answer` })
}

function schemasOf(body: OperationBody | undefined): readonly JsonSchema[] {
  return body?.contents.flatMap(({ schema }) => (schema === undefined ? [] : [schema])) ?? []
}
