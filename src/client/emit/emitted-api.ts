/** A schema of JSON Schema 2020-12; it refers to named ones as `#/components/schemas/<name>`. */
export type EmittedSchema = boolean | { readonly [keyword: string]: unknown }

/** A parameter of an operation. */
export interface EmittedParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring'
  readonly required: boolean
  readonly schema: EmittedSchema
  readonly style: string
  readonly explode: boolean
  readonly contentType: string | undefined
  readonly description: string | undefined
  readonly deprecated: boolean
}

/** One representation of a body. */
export interface EmittedContent {
  /** A media type. */
  readonly type: string
  readonly schema: EmittedSchema | undefined
  /** What each item of a stream is. */
  readonly itemSchema: EmittedSchema | undefined
  /** How members of a form are written, by name. */
  readonly encoding: Readonly<Record<string, unknown>>
}

/** A reply of an operation. */
export interface EmittedReply {
  /** `200`, `4XX`, `default`. */
  readonly status: string
  readonly description: string | undefined
  readonly contents: readonly EmittedContent[]
}

/** An operation that becomes a function. */
export interface EmittedOperation {
  readonly id: string | undefined
  /** In upper case. */
  readonly method: string
  readonly path: string
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly deprecated: boolean
  readonly parameters: readonly EmittedParameter[]
  readonly body: { readonly required: boolean; readonly contents: readonly EmittedContent[] } | undefined
  readonly replies: readonly EmittedReply[]
}

/** What a client is written for: an API description that has been read, whatever its version of OpenAPI. */
export interface EmittedApi {
  readonly title: string
  readonly version: string
  /** The addresses that it is served at. */
  readonly servers: readonly string[]
  readonly operations: readonly EmittedOperation[]
  /** Named schemas. */
  readonly schemas: Readonly<Record<string, EmittedSchema>>
}
