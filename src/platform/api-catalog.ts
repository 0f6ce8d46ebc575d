import { get } from '../http/rest-channel.ts'
import type { HttpSide } from '../kernel/http-side.ts'
import { media } from '../kernel/media.ts'
import { type Service, service } from '../kernel/service.ts'

const path = '/.well-known/api-catalog'
const headers = { Link: `<${path}>; rel="api-catalog"` }
const type = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'

interface Target {
  readonly href: string
  readonly type: string
}

const descriptions = { '/openapi.json': 'application/json', '/openapi.yaml': 'application/yaml' }
const documentation = { '/docs': 'text/html', '/redoc': 'text/html' }
const status = { '/health': 'application/health+json' }

/** The service behind `/.well-known/api-catalog` (RFC 9727): where to find the description of the API, for programs. */
export function apiCatalogService(hasDocs: boolean): Service {
  return service({
    name: 'trestle.api-catalog',
    on: get(path, { hidden: true, headers }),
    handle: ({ http }) => {
      const base = baseOf(http)
      const at = (paths: Readonly<Record<string, string>>): Target[] =>
        Object.entries(paths).map(([each, type]) => ({ href: base + each, type }))
      const docs = hasDocs ? { 'service-desc': at(descriptions), 'service-doc': at(documentation) } : {}
      return media(JSON.stringify({ linkset: [{ anchor: `${base}/`, ...docs, status: at(status) }] }), type)
    },
  })
}

/** What absolute addresses of this app begin with; nothing where nobody said under which host it is called. */
function baseOf(http: HttpSide | undefined): string {
  if (http === undefined) return ''
  return http.host === '' ? http.prefix : http.origin + http.prefix
}
