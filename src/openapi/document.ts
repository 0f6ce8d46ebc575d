import type { Operation, OperationErrors, OperationSecurity } from '../kernel/operation.ts'
import { type DescribedOperation, describedOperations, schemaUses, withoutItems } from './described-operations.ts'
import { downLevel } from './down-level.ts'
import { eventUses, openApiWebhooks, type Webhooks } from './events.ts'
import type {
  OpenApiContact,
  OpenApiDocument,
  OpenApiExternalDocs,
  OpenApiInfo,
  OpenApiLicense,
  OpenApiMethod,
  OpenApiTag,
} from './openapi-document.ts'
import { openApiPaths } from './paths.ts'
import { problemResponses } from './problem-responses.ts'
import { sharedHeaders } from './reply-headers.ts'
import { sharedSchemas } from './shared-schemas.ts'

/** What an API says of itself. */
export interface ApiAbout {
  readonly title: string
  /** The version of the API, not of OpenAPI. */
  readonly version: string
  /** What the API is for, in Markdown. */
  readonly description?: string
  /** URLs under which the API is served; by default, the place of the document. */
  readonly servers?: readonly string[]
  /** In one line. */
  readonly summary?: string
  readonly termsOfService?: string
  readonly contact?: OpenApiContact
  readonly license?: OpenApiLicense
  /** What the tags of operations mean; tags that are not among them come behind them. */
  readonly tags?: readonly OpenApiTag[]
  readonly externalDocs?: OpenApiExternalDocs
  /** Security schemes by name, as OpenAPI writes them. */
  readonly securitySchemes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** What every operation asks for that does not say otherwise. */
  readonly security?: readonly OperationSecurity[]
  /** Requests that the API sends by itself, by name; shown since OpenAPI 3.1. */
  readonly webhooks?: Webhooks
}

/** An API, as its documents describe it. */
export interface ApiDescription extends ApiAbout {
  readonly operations: readonly Operation[]
  /** How problems are told where no operation says otherwise; as RFC 9457 says if it is not given. */
  readonly errors?: OperationErrors
}

/** A version of OpenAPI. */
export type OpenApiVersion = '3.0' | '3.1' | '3.2'

const common: readonly OpenApiMethod[] = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']

// The last number never changes a meaning, but there are tools that know the versions of their time only.
const versions: Readonly<
  Record<OpenApiVersion, { readonly full: string; readonly methods: readonly OpenApiMethod[] }>
> = {
  '3.0': { full: '3.0.3', methods: common },
  '3.1': { full: '3.1.0', methods: common },
  '3.2': { full: '3.2.0', methods: [...common, 'query'] },
}

/**
 * Describes an API in a version of OpenAPI; the same API always gives the same document. QUERY operations appear since
 * 3.2, which is the first that can say them.
 */
export function openApiDocument(api: ApiDescription, version: OpenApiVersion = '3.1'): OpenApiDocument {
  const { full, methods } = versions[version]
  const operations = describedOperations(api.operations, methods).map((each) => {
    return version === '3.2' ? each : { ...each, operation: withoutItems(each.operation) }
  })
  const { webhooks = {} } = api
  const problems = problemResponses(operations.map(({ operation }) => operation))
  const uses = [
    ...problems.uses,
    ...operations.flatMap(schemaUses),
    ...eventUses(
      operations.map(({ operation }) => operation),
      webhooks,
    ),
  ]
  const shared = sharedSchemas(uses, [])
  const tags = tagsOf(api, operations, version)
  const document: OpenApiDocument = {
    openapi: full,
    info: infoOf(api),
    servers: (api.servers ?? ['/']).map((url) => ({ url })),
    security: api.security ?? [],
    ...(tags.length > 0 && { tags }),
    ...(api.externalDocs !== undefined && { externalDocs: api.externalDocs }),
    paths: openApiPaths(operations, shared.publish, problems.nameOf),
    ...(Object.keys(webhooks).length > 0 && { webhooks: openApiWebhooks(webhooks, shared.publish) }),
    components: {
      schemas: shared.components,
      responses: problems.responses(shared.publish),
      headers: sharedHeaders,
      ...(api.securitySchemes !== undefined && { securitySchemes: api.securitySchemes }),
    },
  }
  return version === '3.0' ? downLevel(document) : document
}

/** The tags that are declared, then those that only operations name; `summary` and `parent` are new in 3.2. */
function tagsOf(
  api: ApiDescription,
  operations: readonly DescribedOperation[],
  version: OpenApiVersion,
): readonly OpenApiTag[] {
  const declared = api.tags ?? []
  const known = new Set(declared.map(({ name }) => name))
  const others = new Set(operations.flatMap(({ operation }) => operation.tags.filter((each) => !known.has(each))))
  const all: readonly OpenApiTag[] = [...declared, ...[...others].map((name) => ({ name }))]
  return version === '3.2' ? all : all.map(({ summary: _1, parent: _2, ...tag }) => tag)
}

function infoOf(api: ApiDescription): OpenApiInfo {
  const { title, version, summary, description, termsOfService, contact, license } = api
  return {
    title,
    version,
    ...(summary !== undefined && { summary }),
    ...(termsOfService !== undefined && { termsOfService }),
    ...(description !== undefined && { description }),
    ...(contact !== undefined && { contact }),
    ...(license !== undefined && { license }),
  }
}
