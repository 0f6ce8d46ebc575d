import type { JsonSchema } from '../schema/schema.ts'
import type { ProblemKind } from './problem.ts'

/** A value that shows what is meant. */
export interface OperationExample {
  readonly summary?: string
  readonly description?: string
  readonly value: unknown
}

/** A text parameter of an HTTP operation. */
export interface OperationParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  readonly schema: JsonSchema
  /** How lists and objects are written as text (RFC 6570 words of OpenAPI); the default of the place if not given. */
  readonly style?: 'form' | 'simple' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject'
  /** Whether each item or member is a parameter of its own; as the style says if not given. */
  readonly explode?: boolean
  readonly description?: string
  readonly deprecated?: boolean
  readonly examples?: Readonly<Record<string, OperationExample>>
}

/** How a member of a form is sent. */
export interface OperationEncoding {
  /** Media types, separated by commas. */
  readonly contentType?: string
  readonly style?: 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject'
  readonly explode?: boolean
}

/** One representation of a body. */
export interface OperationContent {
  /** A media type, such as `application/json`. */
  readonly type: string
  /** Nothing when the content is not described. */
  readonly schema?: JsonSchema | undefined
  /** What each item of a stream is, such as a line of JSON Lines. */
  readonly itemSchema?: JsonSchema
  /** How the members of a form are sent, by name. */
  readonly encoding?: Readonly<Record<string, OperationEncoding>>
  readonly examples?: Readonly<Record<string, OperationExample>>
}

/** A body, in one representation or more. */
export interface OperationBody {
  readonly description?: string
  readonly required: boolean
  readonly contents: readonly OperationContent[]
}

/** A header of a reply. */
export interface OperationHeader {
  readonly name: string
  readonly description?: string
  readonly required?: boolean
  /** A text if it is not given. */
  readonly schema?: JsonSchema
}

/** What a client can call next, with values of this reply. */
export interface OperationLink {
  /** The name of the service that is called. */
  readonly service: string
  readonly description?: string
  /** Values by parameter: constants, or runtime expressions of OpenAPI such as `$response.body#/id`. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly requestBody?: unknown
}

/** A reply of an operation that is no problem. */
export interface OperationReply {
  /** `default` stands for all that are not named. */
  readonly status: number | 'default'
  /** The phrase of the status if it is not given. */
  readonly description?: string
  readonly headers: readonly (string | OperationHeader)[]
  readonly body: OperationBody | undefined
  /** What `#/$defs/…` in the body leads to: a model may look different on its way out. */
  readonly definitions: Readonly<Record<string, JsonSchema>>
  readonly links?: Readonly<Record<string, OperationLink>>
}

/** A status that the operation may answer with, and the codes of the problems behind it. */
export interface OperationProblem {
  readonly status: number
  readonly codes: readonly string[]
  /** Headers that not every reply with this status has. */
  readonly headers?: readonly OperationHeader[]
}

/** How the problems of an operation are told. */
export interface OperationErrors {
  /** What the model of their bodies is called. */
  readonly name: string
  /** A media type. */
  readonly type: string
  /** Nothing when the bodies are not described. */
  readonly schema: JsonSchema | undefined
  /** The body of a problem of a kind, as a client may get it; undefined where none can be shown. */
  readonly example: (kind: ProblemKind) => unknown
  /** The same in other representations, without examples. */
  readonly further?: readonly Pick<OperationErrors, 'name' | 'type' | 'schema'>[]
}

/** The credentials that an operation asks for, all of one entry: scopes by the name of the security scheme. */
export type OperationSecurity = Readonly<Record<string, readonly string[]>>

/** A request that the API itself sends: to an address that a client has named, or that both have agreed on. */
export interface OperationEvent {
  readonly method: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly OperationParameter[]
  readonly body?: OperationBody
  /** What the receiver should answer. */
  readonly reply: OperationReply
  readonly definitions: Readonly<Record<string, JsonSchema>>
}

/**
 * An HTTP operation, described: what the API description, clients and generated tests are made from. References in
 * schemas of the request (`#/$defs/…`) lead into `definitions`.
 */
export interface Operation {
  readonly service: string
  readonly method: string
  readonly path: string
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly tags: readonly string[]
  readonly deprecated: boolean
  readonly hidden: boolean
  readonly parameters: readonly OperationParameter[]
  readonly body: OperationBody | undefined
  /** The success. */
  readonly reply: OperationReply
  /** What else may come that is no problem, such as 202 or 304. */
  readonly furtherReplies?: readonly OperationReply[]
  readonly problems: readonly OperationProblem[]
  /** Kinds of problems of the app's own, to which codes of `problems` belong. */
  readonly kinds?: readonly ProblemKind[]
  /** How the problems are told; as RFC 9457 says if it is not given. */
  readonly errors?: OperationErrors
  readonly definitions: Readonly<Record<string, JsonSchema>>
  /** Any one of these lets a caller in; the API's own where it is not given. */
  readonly security?: readonly OperationSecurity[]
  /** Requests that the operation brings about, by name and by runtime expression of their address. */
  readonly callbacks?: Readonly<Record<string, Readonly<Record<string, OperationEvent>>>>
  /** The version of the API that it belongs to, where versions stand side by side. */
  readonly version?: string
  /** Whether requests that name no version get it, or its path names it. */
  readonly defaultVersion?: boolean
}
