import type { DescribedAccess, Entrance } from '../kernel/guard.ts'
import type { OperationHeader, OperationSecurity } from '../kernel/operation.ts'
import { scopesOf } from '../kernel/rule.ts'
import { slotOf } from './authenticate/accepted.ts'
import { anonymousName } from './definitions/code-definitions.ts'
import type { Definition } from './definitions/definition.ts'
import { namesOf } from './guards.ts'

/** Security schemes by name, as OpenAPI writes them. */
export type SecuritySchemes = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/**
 * What a definition is to clients: one scheme for all of its kind, so that nobody learns which other clients there are.
 * `flows` are the ways to the tokens that the app issues itself.
 */
export function schemeOf(
  definition: Definition,
  flows?: SecuritySchemes[string],
): readonly [name: string, scheme: SecuritySchemes[string]] {
  switch (definition.kind) {
    case 'basic':
      return ['basic', { type: 'http', scheme: 'basic', description: 'User name and password of a client' }]
    case 'bearer': {
      if (definition.issued === true && flows !== undefined) {
        return ['oauth2', { type: 'oauth2', flows, description: 'A token of this API, for a while' }]
      }
      const jwt = definition.jwt !== undefined || definition.issued === true
      const format = jwt ? { bearerFormat: 'JWT' } : {}
      return ['bearer', { type: 'http', scheme: 'bearer', ...format, description: 'A token that the client was given' }]
    }
    case 'session':
      return ['session', { type: 'apiKey', in: 'cookie', name: 'session' }]
    case 'mutualTls':
      return ['mutualTls', { type: 'mutualTLS', description: 'A certificate that the client shows' }]
    case 'apiKey': {
      const { in: place, name } = slotOf(definition)
      const usual = place === 'header' && name === 'X-API-Key'
      return [
        usual ? 'apiKey' : `apiKey-${place}-${name}`.replace(/[^A-Za-z0-9._-]/g, '-'),
        { type: 'apiKey', in: place, name, description: 'The key of a client' },
      ]
    }
  }
}

/** The scheme of channels whose group has no members: an empty list would say that they are open to all. */
export const nobody: SecuritySchemes = {
  nobody: { type: 'http', scheme: 'none', description: 'Nobody is let in, as long as the group has no members' },
}

/** What the guard of an entrance means to clients; nothing where everybody may call. */
export function describedAccess(
  { channel, settings, entry }: Entrance,
  definitionsOf: (names: readonly string[]) => readonly Definition[],
  limitHeaders: readonly OperationHeader[] = [],
  flows?: SecuritySchemes[string],
): DescribedAccess | undefined {
  const names = namesOf(settings.security)
  const { allow, limit } = settings
  const rules = [allow, entry.service.allow].filter((each) => each !== undefined)
  const limited = limit !== undefined && limit !== false
  if (names === undefined && rules.length === 0 && !limited) return undefined
  const scopes = [...new Set(rules.flatMap(scopesOf))]
  const changing = !/^(?:GET|HEAD|OPTIONS|QUERY) /.test(channel.address)
  const schemes = new Map(definitionsOf(names ?? []).map((each) => schemeOf(each, flows)))
  const security: OperationSecurity[] = [...schemes].map(([name, { type }]) => ({
    [name]: type === 'oauth2' ? scopes : [],
  }))
  const nobodyIsLetIn: OperationSecurity[] = Object.keys(nobody).map((name) => ({ [name]: [] }))
  const optional = names?.includes(anonymousName) === true
  const asked = optional ? [...security, {}] : security.length === 0 ? nobodyIsLetIn : security
  return {
    ...(names !== undefined && { security: asked }),
    problems: [
      ...(names === undefined
        ? []
        : (['several_credentials', 'unauthorized', 'invalid_credentials', 'invalid_token'] as const)),
      ...(rules.length === 0 ? [] : (['forbidden'] as const)),
      ...(changing && schemes.has('session') ? (['cross_site_request'] as const) : []),
      ...(limited || names !== undefined ? (['too_many_requests'] as const) : []),
    ],
    headers: limitHeaders,
  }
}
