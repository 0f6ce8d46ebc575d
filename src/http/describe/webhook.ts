import type { OperationBody, OperationEvent } from '../../kernel/operation.ts'
import { inputJsonSchema, outputJsonSchema } from '../../schema/json-schema.ts'
import type { JsonSchema, Schema } from '../../schema/schema.ts'
import { detached } from './self-reference.ts'

/** A request that the API sends to others, as its author describes it. */
export interface WebhookOptions {
  /** POST if it is not given. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** In one line. */
  readonly summary?: string
  /** In Markdown. */
  readonly description?: string
  /** Groups it with operations in the documentation. */
  readonly tags?: readonly string[]
  /** The model of what is sent, as JSON. */
  readonly body?: Schema
  /** The status that the receiver should answer with; 200 with an answer, else 204, if it is not given. */
  readonly status?: number
  /** The model of what the receiver should answer, as JSON. */
  readonly answer?: Schema
}

/**
 * Describes a request that the API sends by itself: under `webhooks` of the app, or under `callbacks` of the channel that
 * brings it about.
 *
 * ```ts
 * const shipped = webhook({ summary: 'An order has left', body: z.object({ order: z.int() }) })
 * shipped.method // => 'POST'
 * shipped.reply.status // => 204
 * ```
 *
 * @throws SchemaError for a model that gives what JSON cannot carry.
 */
export function webhook(options: WebhookOptions): OperationEvent {
  const { method = 'POST', summary, description, tags, body, answer } = options
  const sent = body && parted(outputJsonSchema(body))
  const answered = answer && parted(inputJsonSchema(answer))
  return {
    method,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(sent !== undefined && { body: sent.body }),
    definitions: sent?.definitions ?? {},
    reply: {
      status: options.status ?? (answer === undefined ? 204 : 200),
      headers: [],
      body: answered?.body,
      definitions: answered?.definitions ?? {},
    },
  }
}

function parted(json: JsonSchema): { body: OperationBody; definitions: OperationEvent['definitions'] } {
  const { detach, definitions } = detached(json, 'Event')
  const { $defs: _, ...schema } = detach(json)
  return { body: { required: true, contents: [{ type: 'application/json', schema }] }, definitions }
}
