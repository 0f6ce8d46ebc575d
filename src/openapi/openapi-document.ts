import type { JsonSchema } from '../schema/schema.ts'

/** An OpenAPI document, as far as Trestle writes it; its schemas are those of the version that `openapi` names. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: OpenApiInfo
  readonly servers: readonly { readonly url: string }[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly tags?: readonly OpenApiTag[]
  readonly externalDocs?: OpenApiExternalDocs
  readonly paths: Readonly<Record<string, OpenApiPath>>
  /** Since OpenAPI 3.1. */
  readonly webhooks?: Readonly<Record<string, OpenApiPath>>
  readonly components: OpenApiComponents
}

/** A group of operations; `parent` and `summary` since OpenAPI 3.2. */
export interface OpenApiTag {
  readonly name: string
  readonly summary?: string
  readonly description?: string
  readonly parent?: string
  readonly externalDocs?: OpenApiExternalDocs
}

/** Where there is more to read. */
export interface OpenApiExternalDocs {
  readonly url: string
  readonly description?: string
}

/** What the API is called, and by whom it is offered. */
export interface OpenApiInfo {
  readonly title: string
  readonly version: string
  readonly summary?: string
  readonly termsOfService?: string
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
  /** Every operation of a path has one; a webhook and a callback need none. */
  readonly operationId?: string
  readonly summary: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly deprecated?: true
  readonly parameters?: readonly OpenApiParameter[]
  readonly requestBody?: OpenApiRequestBody
  readonly responses: Readonly<Record<string, OpenApiResponse | OpenApiReference>>
  readonly callbacks?: Readonly<Record<string, Readonly<Record<string, OpenApiPath>>>>
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
}

/** A value taken from the URL, a header or a cookie. */
export interface OpenApiParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly description?: string
  readonly required?: true
  readonly deprecated?: true
  readonly style?: string
  readonly explode?: boolean
  readonly schema: JsonSchema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, OpenApiExample>>
}

export interface OpenApiRequestBody {
  readonly description?: string
  readonly required?: true
  readonly content: OpenApiContent
}

export interface OpenApiResponse {
  readonly description: string
  readonly headers?: Readonly<Record<string, OpenApiHeader | OpenApiReference>>
  readonly content?: OpenApiContent
  readonly links?: Readonly<Record<string, OpenApiLink>>
}

/** What a client can call next. */
export interface OpenApiLink {
  readonly operationId: string
  readonly description?: string
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly requestBody?: unknown
}

export interface OpenApiHeader {
  readonly description?: string
  readonly required?: true
  readonly schema: JsonSchema
}

/** Representations by media type. */
export type OpenApiContent = Readonly<Record<string, OpenApiMediaType>>

export interface OpenApiMediaType {
  readonly schema?: JsonSchema
  /** Since OpenAPI 3.2: what each item of a stream is. */
  readonly itemSchema?: JsonSchema
  readonly encoding?: Readonly<Record<string, OpenApiEncoding>>
  readonly examples?: Readonly<Record<string, OpenApiExample>>
}

/** How a member of a form is sent. */
export interface OpenApiEncoding {
  readonly contentType?: string
  readonly style?: string
  readonly explode?: boolean
}

export interface OpenApiExample {
  readonly summary?: string
  readonly description?: string
  readonly value: unknown
}

export interface OpenApiReference {
  readonly $ref: string
  /** In place of that of what it leads to; OpenAPI 3.0 does not know it. */
  readonly description?: string
}

/** What the operations share. */
export interface OpenApiComponents {
  readonly schemas?: Readonly<Record<string, JsonSchema>>
  readonly responses?: Readonly<Record<string, OpenApiResponse>>
  readonly headers?: Readonly<Record<string, OpenApiHeader>>
  /** Security schemes by name, as OpenAPI writes them. */
  readonly securitySchemes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}
