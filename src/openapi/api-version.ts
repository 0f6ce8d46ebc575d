import type { Operation } from '../kernel/operation.ts'
import type { ApiDescription } from './document.ts'

const numeric = new Intl.Collator('en', { numeric: true })

/** The versions of an API that stand side by side, in order; empty where there are none. */
export function apiVersions({ operations }: ApiDescription): readonly string[] {
  const named = operations.flatMap(({ version, hidden }) => (version === undefined || hidden ? [] : [version]))
  return [...new Set(named)].sort(numeric.compare)
}

/**
 * What one version of an API offers, with the operations that know no versions; without a name, what clients get that
 * name none, and the versions whose paths name them. A document has room for one operation at a method and path.
 */
export function ofApiVersion(api: ApiDescription, version?: string): ApiDescription {
  const versions = apiVersions(api)
  if (versions.length === 0) return api
  const belongs = (operation: Operation): boolean =>
    operation.version === undefined ||
    (version === undefined ? operation.defaultVersion === true : operation.version === version)
  const operations = api.operations.filter(belongs)
  if (version !== undefined) return { ...api, title: `${api.title}, version ${version}`, operations }
  const links = versions.map((name) => `[${name}](openapi.json?version=${encodeURIComponent(name)})`).join(', ')
  const said = api.description === undefined ? '' : `${api.description}\n\n`
  return { ...api, description: `${said}Versions, each with a document of its own: ${links}.`, operations }
}
