import type { Invocable } from '../../kernel/call-context.ts'
import type { OperationEvent } from '../../kernel/operation.ts'

/** One use of a channel from end to end, for readers and for tools that try the API out. */
export interface ChannelExample {
  /** In one line. */
  readonly summary?: string
  /** In Markdown. */
  readonly description?: string
  /** An input of the service, whatever part of the request its members come from. */
  readonly input?: Readonly<Record<string, unknown>>
  /** What the service returns for it. */
  readonly output?: unknown
}

/** What a client can call next, with values of the reply. */
export interface ChannelLink {
  /** The service, or its name. */
  readonly service: Invocable | string
  readonly description?: string
  /** Values by parameter of that service: constants, or runtime expressions such as `$response.body#/id`. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly requestBody?: unknown
}

/** What only the documentation of a channel says. */
export interface DocumentationSettings {
  /** Examples by name. */
  readonly examples?: Readonly<Record<string, ChannelExample>>
  /** What can be called next, by name. */
  readonly links?: Readonly<Record<string, ChannelLink>>
  /** Requests that the call brings about: by name, then by the runtime expression of their address. */
  readonly callbacks?: Readonly<Record<string, Readonly<Record<string, OperationEvent>>>>
}
