import { get } from '../http/rest-channel.ts'
import type { HttpSide } from '../kernel/http-side.ts'
import { media } from '../kernel/media.ts'
import { type Service, service } from '../kernel/service.ts'
import type { MountedAt } from './mount.ts'

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

/**
 * The service behind `/.well-known/api-catalog` (RFC 9727): where to find the description of the API, for programs. Apps
 * that are mounted have catalogs of their own, to which it leads; other handlers are items of this one.
 */
export function apiCatalogService(hasDocs: boolean, mounts: readonly MountedAt[]): Service {
  return service({
    name: 'trestle.api-catalog',
    on: get(path, { hidden: true, headers }),
    handle: ({ http }) => {
      const base = baseOf(http)
      const at = (paths: Readonly<Record<string, string>>): Target[] =>
        Object.entries(paths).map(([each, type]) => ({ href: base + each, type }))
      const docs = hasDocs ? { 'service-desc': at(descriptions), 'service-doc': at(documentation) } : {}
      const api = { anchor: `${base}/`, ...docs, status: at(status) }
      const inside = (isApp: boolean, below: string): { readonly href: string }[] =>
        mounts.flatMap((each) => (each.isApp === isApp ? [{ href: base + each.prefix + below }] : []))
      const [catalogs, items] = [inside(true, path), inside(false, '')]
      const further = {
        ...(items.length > 0 && { item: items }),
        ...(catalogs.length > 0 && { 'api-catalog': catalogs }),
      }
      const all = mounts.length === 0 ? [api] : [api, { anchor: base + path, ...further }]
      return media(JSON.stringify({ linkset: all }), type)
    },
  })
}

/** What absolute addresses of this app begin with; nothing where nobody said under which host it is called. */
function baseOf(http: HttpSide | undefined): string {
  if (http === undefined) return ''
  return http.host === '' ? http.prefix : http.origin + http.prefix
}
