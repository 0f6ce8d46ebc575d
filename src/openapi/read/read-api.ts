import type { JsonSchema } from '../../schema/schema.ts'

/** A value that shows what is meant. */
export interface ReadExample {
  readonly name: string
  readonly value: unknown
}

/** A parameter of an operation. */
export interface ReadParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring'
  readonly required: boolean
  /** JSON Schema 2020-12, whatever version the document has; `true` where the document says nothing. */
  readonly schema: JsonSchema | boolean
  readonly style: 'form' | 'simple' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject' | 'matrix' | 'label' | 'cookie'
  readonly explode: boolean
  /** The media type of a parameter that is declared with `content` instead of a schema. */
  readonly contentType: string | undefined
  readonly description: string | undefined
  readonly deprecated: boolean
  readonly examples: readonly ReadExample[]
}

/** One representation of a body. */
export interface ReadContent {
  /** A media type or range, such as `application/json` or `text/*`, as the document has it. */
  readonly type: string
  /** Nothing when the content is not described. */
  readonly schema: JsonSchema | boolean | undefined
  /** What each item of a stream is. */
  readonly itemSchema: JsonSchema | boolean | undefined
  readonly encoding: Readonly<Record<string, unknown>>
  readonly examples: readonly ReadExample[]
}

/** What a request sends. */
export interface ReadBody {
  readonly description: string | undefined
  readonly required: boolean
  readonly contents: readonly ReadContent[]
}

/** A header of a reply. */
export interface ReadHeader {
  readonly name: string
  readonly required: boolean
  readonly schema: JsonSchema | boolean
  /** Whether the members of an object are written as `name=value`. */
  readonly explode: boolean
  /** The media type of a header that is declared with `content` instead of a schema. */
  readonly contentType: string | undefined
  readonly description: string | undefined
}

/** What a client can call next, with values of this reply. */
export interface ReadLink {
  readonly name: string
  readonly operationId: string | undefined
  readonly operationRef: string | undefined
  /** By parameter, `in.name` or `name`: constants, or runtime expressions such as `$response.body#/id`. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly requestBody: unknown
}

/** A reply of an operation. */
export interface ReadReply {
  /** `200`, `4XX`, `default`. */
  readonly status: string
  /** What the document calls it, where operations share it: its name in `components.responses`. */
  readonly shared?: string
  readonly description: string | undefined
  readonly headers: readonly ReadHeader[]
  readonly contents: readonly ReadContent[]
  readonly links: readonly ReadLink[]
}

/** The credentials of one way in, all of which are asked for: scopes by the name of the security scheme. */
export type ReadRequirement = Readonly<Record<string, readonly string[]>>

/** An operation, with all references but those of schemas resolved. */
export interface ReadOperation {
  readonly id: string | undefined
  /** In upper case. */
  readonly method: string
  /** The template, such as `/users/{id}`. */
  readonly path: string
  readonly summary: string | undefined
  readonly description: string | undefined
  readonly deprecated: boolean
  readonly tags: readonly string[]
  /** Those of the path and the operation; the latter win. */
  readonly parameters: readonly ReadParameter[]
  readonly body: ReadBody | undefined
  readonly replies: readonly ReadReply[]
  /** Any one of these lets a caller in; empty where none is asked for, `{}` among them where anonymous callers may too. */
  readonly security: readonly ReadRequirement[]
}

/** How callers prove who they are. */
export interface ReadSecurityScheme {
  readonly type: 'apiKey' | 'http' | 'mutualTLS' | 'oauth2' | 'openIdConnect'
  /** Of an API key: where it is sent, and under which name. */
  readonly in: 'query' | 'header' | 'cookie' | undefined
  readonly name: string | undefined
  /** Of `http`: `basic`, `bearer`, `digest` ..., in lower case. */
  readonly scheme: string | undefined
  readonly description: string | undefined
  /** Of OAuth 2: the address of the token endpoint, if one of its flows has one. */
  readonly tokenUrl: string | undefined
}

/**
 * An API as a document of OpenAPI 3.0, 3.1 or 3.2 describes it, in one form for all of them. Schemas are JSON Schema
 * 2020-12 and refer to each other as `#/components/schemas/<name>`, whose targets are in `schemas`.
 */
export interface ReadApi {
  readonly openapi: string
  readonly title: string
  readonly version: string
  readonly description: string | undefined
  /** The addresses that it is served at, variables filled in with their defaults; may be relative. */
  readonly servers: readonly string[]
  readonly operations: readonly ReadOperation[]
  readonly schemas: Readonly<Record<string, JsonSchema | boolean>>
  readonly securitySchemes: Readonly<Record<string, ReadSecurityScheme>>
}
