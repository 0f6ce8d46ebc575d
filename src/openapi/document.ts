import type { Operation } from '../kernel/operation.ts'
import { describedOperations } from './described-operations.ts'
import { downLevel } from './down-level.ts'
import type { OpenApiContact, OpenApiDocument, OpenApiInfo, OpenApiLicense, OpenApiMethod } from './openapi-document.ts'
import { openApiPaths } from './paths.ts'
import { problemResponses } from './problem-responses.ts'
import { problemSchema } from './problem-schema.ts'
import { sharedHeaders } from './reply-headers.ts'
import { sharedSchemas } from './shared-schemas.ts'

/** An API, as its documents describe it. */
export interface ApiDescription {
  readonly title: string
  /** The version of the API, not of OpenAPI. */
  readonly version: string
  /** What the API is for, in Markdown. */
  readonly description?: string
  /** URLs under which the API is served; by default, the place of the document. */
  readonly servers?: readonly string[]
  readonly contact?: OpenApiContact
  readonly license?: OpenApiLicense
  readonly operations: readonly Operation[]
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
  const operations = describedOperations(api.operations, methods)
  const uses = operations.flatMap(({ parameters, body, reply }) => [...parameters.map(([, use]) => use), body, reply])
  const problems = problemResponses(operations.map(({ operation }) => operation))
  const hasProblems = Object.keys(problems).length > 0
  const known = uses.filter((use) => use !== undefined)
  const shared = sharedSchemas(known, hasProblems ? ['Problem'] : [])
  const tags = new Set(operations.flatMap(({ operation }) => operation.tags))
  const document: OpenApiDocument = {
    openapi: full,
    info: infoOf(api),
    servers: (api.servers ?? ['/']).map((url) => ({ url })),
    security: [],
    ...(tags.size > 0 && { tags: [...tags].map((name) => ({ name })) }),
    paths: openApiPaths(operations, shared.publish),
    components: {
      schemas: { ...(hasProblems && { Problem: problemSchema }), ...shared.components },
      responses: problems,
      headers: sharedHeaders,
    },
  }
  return version === '3.0' ? downLevel(document) : document
}

function infoOf({ title, version, description, contact, license }: ApiDescription): OpenApiInfo {
  return {
    title,
    version,
    ...(description !== undefined && { description }),
    ...(contact !== undefined && { contact }),
    ...(license !== undefined && { license }),
  }
}
