import type { ReadApi } from '../../../openapi/read/read-api.ts'
import { documentedReply } from '../../openapi/documented-reply.ts'
import { isObject } from '../../openapi/schema-parts.ts'
import { jsonOf, type Seen } from '../checks/check.ts'
import type { Resource } from './resources.ts'

/** How one thing is told from the others. */
export interface Identity {
  readonly value: unknown
  /** The client has chosen it. */
  readonly isGiven: boolean
}

/** What a reply, or else the request, says of the identity of what was created. */
export function identityOf(api: Pick<ReadApi, 'operations'>, resource: Resource, created: Seen): Identity | undefined {
  const { parameter, create } = resource
  const given = create.method === 'PUT' ? created.test.parts.path[parameter] : undefined
  if (given !== undefined) return { value: given, isGiven: true }
  const linked = fromLink(api, resource, created) ?? fromLocation(resource, created)
  if (linked !== undefined) return { value: linked, isGiven: false }
  const names = namesOf(resource)
  const body = jsonOf(created)
  const answered = Array.isArray(body) ? undefined : named(body, names, 0)
  if (answered !== undefined) return { value: answered, isGiven: named(sentBody(created), names, 0) === answered }
  const sent = named(sentBody(created), names, 0)
  return sent === undefined ? undefined : { value: sent, isGiven: true }
}

/** The value that was sent as the body. */
export function sentBody({ test }: Seen): unknown {
  const { body } = test.parts
  return body !== undefined && 'value' in body ? body.value : undefined
}

function fromLink({ operations }: Pick<ReadApi, 'operations'>, resource: Resource, created: Seen): unknown {
  const { parameter, read } = resource
  const targets = operations.filter((each) => each.path === read?.path).map(({ id }) => id)
  for (const { operationId, parameters } of documentedReply(created.operation, created.reply.status)?.links ?? []) {
    if (operationId === undefined || !targets.includes(operationId)) continue
    const found = evaluated(parameters[parameter] ?? parameters[`path.${parameter}`], created)
    if (found !== undefined) return found
  }
  return undefined
}

/** A runtime expression of OpenAPI, as far as identities use them. */
function evaluated(expression: unknown, seen: Seen): unknown {
  if (typeof expression !== 'string' || !expression.startsWith('$')) return expression
  const [, source, name = ''] = /^\$(response|request)\.(?:body#|header\.|path\.)(.*)$/.exec(expression) ?? []
  if (expression.startsWith('$response.header.')) return seen.reply.headers[name.toLowerCase()]
  if (expression.startsWith('$request.path.')) return seen.test.parts.path[name]
  if (source === undefined) return undefined
  const body = source === 'response' ? jsonOf(seen) : sentBody(seen)
  return name
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
      body,
    )
}

function fromLocation({ read, parameter }: Resource, { reply }: Seen): string | undefined {
  const { location } = reply.headers
  if (location === undefined || read === undefined || !URL.canParse(location, 'http://localhost')) return undefined
  const { pathname } = new URL(location, 'http://localhost')
  const pattern = read.path
    .split(/(\{[^}]*\})/)
    .map((part) =>
      part === `{${parameter}}`
        ? '([^/]+)'
        : part.startsWith('{')
          ? '[^/]+'
          : part.replaceAll(/[.+?^$()|[\]\\]/g, '\\$&'),
    )
  const found = new RegExp(`${pattern.join('')}/?$`).exec(pathname)?.[1]
  return found === undefined ? undefined : decodeURIComponent(found)
}

/** The names under which an identity may be found: that of the parameter first. */
function namesOf({ path, parameter }: Resource): readonly string[] {
  const last =
    path
      .split('/')
      .filter((part) => part !== '' && !part.startsWith('{'))
      .at(-1) ?? ''
  const one = last.replace(/ies$/, 'y').replace(/s$/, '')
  return [parameter, 'id', '_id', `${one}_id`, 'uuid', 'key', 'number', 'no', `${one}_no`, 'slug', 'code'].map(plain)
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '')
}

function named(body: unknown, names: readonly string[], depth: number): string | number | undefined {
  if (!isObject(body) || depth > 3) return undefined
  for (const name of names) {
    const found = Object.entries(body).find(
      ([key, value]) => plain(key) === name && ['string', 'number'].includes(typeof value),
    )
    if (typeof found?.[1] === 'string' || typeof found?.[1] === 'number') return found[1]
  }
  for (const inner of Object.values(body)) {
    const found = named(inner, names, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}
