import type { JsonSchema } from '../schema/schema.ts'

/** A text parameter of an HTTP operation. */
export interface OperationParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  readonly schema: JsonSchema
}

/** A body, in one representation or more. */
export interface OperationBody {
  /** Media types. */
  readonly types: readonly string[]
  /** Nothing when the content is not described. */
  readonly schema: JsonSchema | undefined
  readonly required: boolean
}

/** The success of an operation. */
export interface OperationReply {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: OperationBody | undefined
  /** What `#/$defs/…` in the body leads to: a model may look different on its way out. */
  readonly definitions: Readonly<Record<string, JsonSchema>>
}

/** A status that the operation may answer with, and the codes of the problems behind it. */
export interface OperationProblem {
  readonly status: number
  readonly codes: readonly string[]
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
  readonly reply: OperationReply
  readonly problems: readonly OperationProblem[]
  readonly definitions: Readonly<Record<string, JsonSchema>>
}
