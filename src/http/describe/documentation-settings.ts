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
  /** What it is for, in Markdown. */
  readonly description?: string
  /** Values by parameter of that service: constants, or runtime expressions such as `$response.body#/id`. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** The body to send: a constant, or a runtime expression. */
  readonly requestBody?: unknown
}

/** A reply beside the success, which is no problem. */
export interface ChannelReply {
  /** What it means, in Markdown. */
  readonly description: string
  /** The media types that its content may have; there is none if it is not given. */
  readonly types?: readonly string[]
}

/** What only the documentation of a channel says. */
export interface DocumentationSettings {
  /**
   * What the service may answer beside its success, by status; `default` stands for all that are not named. A text for the
   * success itself, or for the status of a problem, says in the description what it means here.
   */
  readonly replies?: { readonly [status: number]: string | ChannelReply; readonly default?: string | ChannelReply }
  /** Examples by name. */
  readonly examples?: Readonly<Record<string, ChannelExample>>
  /** What can be called next, by name. */
  readonly links?: Readonly<Record<string, ChannelLink>>
  /** Requests that the call brings about: by name, then by the runtime expression of their address. */
  readonly callbacks?: Readonly<Record<string, Readonly<Record<string, OperationEvent>>>>
}
