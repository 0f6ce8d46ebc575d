import type { JsonSchema } from '../schema/schema.ts'
import { downLevelSchema } from './down-level-schema.ts'
import type {
  OpenApiContent,
  OpenApiDocument,
  OpenApiHeader,
  OpenApiInfo,
  OpenApiMethod,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiPath,
  OpenApiReference,
  OpenApiResponse,
} from './openapi-document.ts'

type SecurityScheme = Readonly<Record<string, unknown>>
type SchemaChange = (schema: JsonSchema) => JsonSchema

/** Says in OpenAPI 3.0 what a document says in 3.1, and leaves out what 3.0 has no words for. */
export function downLevel(document: OpenApiDocument): OpenApiDocument {
  const { schemas, responses, headers, securitySchemes } = document.components
  const change: SchemaChange = (schema) => downLevelSchema(schema, document.components.schemas ?? {})
  const { webhooks: _, ...kept } = document
  return {
    ...kept,
    info: infoOf(document.info),
    paths: mapValues(document.paths, (path) => pathOf(path, change)),
    components: {
      ...(schemas !== undefined && { schemas: mapValues(schemas, change) }),
      ...(responses !== undefined && { responses: mapValues(responses, (each) => responseOf(each, change)) }),
      ...(headers !== undefined && { headers: mapValues(headers, (each) => headerOf(each, change)) }),
      ...(securitySchemes !== undefined && { securitySchemes: mapValues(securitySchemes, schemeOf) }),
    },
  }
}

/** A client certificate is no word of 3.0. */
function schemeOf(scheme: SecurityScheme): SecurityScheme {
  return scheme.type === 'mutualTLS' ? { ...scheme, type: 'http', scheme: 'mutual' } : scheme
}

function infoOf({ summary: _, ...info }: OpenApiInfo): OpenApiInfo {
  if (info.license === undefined) return info
  const { identifier, url, ...license } = info.license
  const address = url ?? (identifier === undefined ? undefined : `https://spdx.org/licenses/${identifier}.html`)
  return { ...info, license: { ...license, ...(address !== undefined && { url: address }) } }
}

function pathOf(path: OpenApiPath, change: SchemaChange): OpenApiPath {
  const operations = Object.entries(path) as [OpenApiMethod, OpenApiOperation][]
  return Object.fromEntries(operations.map(([method, operation]) => [method, operationOf(operation, change)]))
}

function operationOf(operation: OpenApiOperation, change: SchemaChange): OpenApiOperation {
  const { parameters, requestBody, responses, callbacks } = operation
  return {
    ...operation,
    ...(parameters !== undefined && { parameters: parameters.map((each) => parameterOf(each, change)) }),
    ...(requestBody !== undefined && {
      requestBody: { ...requestBody, content: contentOf(requestBody.content, change) },
    }),
    // What stands beside a reference is ignored in 3.0.
    responses: mapValues(responses, (each) => (isReference(each) ? { $ref: each.$ref } : responseOf(each, change))),
    ...(callbacks !== undefined && {
      callbacks: mapValues(callbacks, (events) => mapValues(events, (path) => pathOf(path, change))),
    }),
  }
}

function parameterOf(parameter: OpenApiParameter, change: SchemaChange): OpenApiParameter {
  return { ...parameter, schema: change(parameter.schema) }
}

function responseOf(response: OpenApiResponse, change: SchemaChange): OpenApiResponse {
  const { headers, content } = response
  return {
    ...response,
    ...(headers !== undefined && {
      headers: mapValues(headers, (each) => (isReference(each) ? each : headerOf(each, change))),
    }),
    ...(content !== undefined && { content: contentOf(content, change) }),
  }
}

function headerOf(header: OpenApiHeader, change: SchemaChange): OpenApiHeader {
  return { ...header, schema: change(header.schema) }
}

function contentOf(content: OpenApiContent, change: SchemaChange): OpenApiContent {
  return mapValues(content, ({ itemSchema: _, ...media }) =>
    media.schema === undefined ? media : { ...media, schema: change(media.schema) },
  )
}

function mapValues<In, Out>(record: Readonly<Record<string, In>>, change: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

function isReference<T extends object>(value: T | OpenApiReference): value is OpenApiReference {
  return '$ref' in value
}
