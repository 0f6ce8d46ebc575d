import { problem } from '../kernel/problem.ts'
import type { ApiDescription } from './document.ts'
import type { OpenApiDocument } from './openapi-document.ts'
import { prefixedFlows } from './prefixed-flows.ts'

/** Which document is asked for. */
export interface DocumentRequest {
  /** A version of the API; without it, the document of clients that name none. */
  readonly version?: string | undefined
  /** The path below which the client reaches the app, such as `/legacy`, or `''`. */
  readonly prefix?: string | undefined
}

/** Makes the documents of an API when they are first asked for. @throws Problem `unsupported_version` */
export function servedDocuments(
  describe: () => ApiDescription,
): (request?: DocumentRequest) => Promise<OpenApiDocument> {
  const made = new Map<string | undefined, OpenApiDocument>()
  let api: ApiDescription | undefined
  return async ({ version, prefix = '' } = {}) => {
    const [{ openApiDocument }, { apiVersions, ofApiVersion }] = await Promise.all([
      import('./document.ts'),
      import('./api-version.ts'),
    ])
    api ??= describe()
    const versions = apiVersions(api)
    if (version !== undefined && !versions.includes(version)) {
      const supported = versions.length === 0 ? 'there is one version only' : `supported: ${versions.join(', ')}`
      throw problem('unsupported_version', `Unsupported API version: ${version}; ${supported}`)
    }
    const document = made.get(version) ?? openApiDocument(ofApiVersion(api, version))
    made.set(version, document)
    return prefix === '' || api.servers !== undefined ? document : placedBelow(prefix, document)
  }
}

function placedBelow(prefix: string, document: OpenApiDocument): OpenApiDocument {
  const { components } = document
  const { securitySchemes: schemes } = components
  const moved = schemes && { components: { ...components, securitySchemes: prefixedFlows(schemes, prefix) } }
  return { ...document, servers: [{ url: prefix }], ...moved }
}
