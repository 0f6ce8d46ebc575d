import type { JsonSchema } from '../schema/schema.ts'

/** An OpenAPI document, as far as Trestle writes it; its schemas are those of the version that `openapi` names. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: OpenApiInfo
  readonly servers: readonly { readonly url: string }[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly tags?: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, OpenApiPath>>
  readonly components: OpenApiComponents
}

/** What the API is called, and by whom it is offered. */
export interface OpenApiInfo {
  readonly title: string
  readonly version: string
  readonly description?: string
  readonly contact?: OpenApiContact
  readonly license?: OpenApiLicense
}

/** Whom to ask about the API. */
export interface OpenApiContact {
  readonly name?: string
  readonly url?: string
  readonly email?: string
}

/** Under which terms the API is offered: `identifier` is one of SPDX, and excludes `url`. */
export interface OpenApiLicense {
  readonly name: string
  readonly identifier?: string
  readonly url?: string
}

/** A method of a path, as its key there; `query` only since OpenAPI 3.2. */
export type OpenApiMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'query'

/** The operations of a path. */
export type OpenApiPath = { readonly [Method in OpenApiMethod]?: OpenApiOperation }

/** One method of one path. */
export interface OpenApiOperation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly deprecated?: true
  readonly parameters?: readonly OpenApiParameter[]
  readonly requestBody?: OpenApiRequestBody
  readonly responses: Readonly<Record<string, OpenApiResponse | OpenApiReference>>
}

/** A value taken from the URL, a header or a cookie. */
export interface OpenApiParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly description?: string
  readonly required?: true
  readonly deprecated?: true
  readonly schema: JsonSchema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, OpenApiExample>>
}

export interface OpenApiRequestBody {
  readonly required?: true
  readonly content: OpenApiContent
}

export interface OpenApiResponse {
  readonly description: string
  readonly headers?: Readonly<Record<string, OpenApiHeader | OpenApiReference>>
  readonly content?: OpenApiContent
}

export interface OpenApiHeader {
  readonly description?: string
  readonly schema: JsonSchema
}

/** Representations by media type. */
export type OpenApiContent = Readonly<Record<string, OpenApiMediaType>>

export interface OpenApiMediaType {
  readonly schema?: JsonSchema
  readonly examples?: Readonly<Record<string, OpenApiExample>>
}

export interface OpenApiExample {
  readonly summary?: string
  readonly description?: string
  readonly value: unknown
}

export interface OpenApiReference {
  readonly $ref: string
}

/** What the operations share. */
export interface OpenApiComponents {
  readonly schemas?: Readonly<Record<string, JsonSchema>>
  readonly responses?: Readonly<Record<string, OpenApiResponse>>
  readonly headers?: Readonly<Record<string, OpenApiHeader>>
}
