import type { Limit } from '../../kernel/access-settings.ts'
import type { Definition } from '../definitions/definition.ts'
import type { Kind, StoredDefinition } from './stored-definition.ts'

/** A secret as far as it may be told. */
export interface SecretView {
  /** What a key or token begins with. */
  readonly prefix?: string | undefined
  /** When it was made, as an ISO 8601 text in UTC. */
  readonly created: string
  /** Until when it counts, as an ISO 8601 text in UTC; for ever if it is not given. */
  readonly until?: string | undefined
}

/** A definition as administrators see it; never with a secret. */
export interface DefinitionView {
  readonly name: string
  readonly kind: Kind
  /** Where it comes from; what the code says can be switched off, and not changed. */
  readonly source: 'code' | 'stored'
  /** Whether it lets anybody in. */
  readonly enabled: boolean
  /** What it says by its kind, without what is secret in it. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
  readonly permissions: readonly string[]
  readonly limit?: Limit | undefined
  /** Groups that it is a member of. */
  readonly groups: readonly string[]
  readonly secrets: readonly SecretView[]
  /** When it was made, as an ISO 8601 text in UTC; unknown of those in the code. */
  readonly created?: string | undefined
  readonly changed?: string | undefined
  /** When it last let somebody in, to the minute; nothing for never. */
  readonly lastUsed?: string | undefined
}

/** What is known of a definition from elsewhere. */
export interface Beside {
  readonly groups: readonly string[]
  /** Milliseconds since 1970. */
  readonly lastUsed: number | undefined
  /** The present, in milliseconds since 1970. */
  readonly now: number
}

const iso = (time: number): string => new Date(time).toISOString()

/** Shows a stored definition. */
export function storedView(stored: StoredDefinition, { groups, lastUsed, now }: Beside): DefinitionView {
  const { name, kind, enabled, settings, grants, created, changed } = stored
  const { roles = [], scopes = [], permissions = [], limit } = grants
  const secrets = stored.secrets.filter(({ until }) => until === undefined || now < until)
  return {
    ...{ name, kind, source: 'stored', enabled, settings: shown(settings), roles, scopes, permissions },
    ...(limit !== undefined && { limit }),
    groups,
    secrets: secrets.map(({ prefix, until, ...secret }) => ({
      ...(prefix !== undefined && { prefix }),
      created: iso(secret.created),
      ...(until !== undefined && { until: iso(until) }),
    })),
    ...{ created: iso(created), changed: iso(changed) },
    // Another one of its name may have been there before.
    ...(lastUsed !== undefined && lastUsed >= created && { lastUsed: iso(lastUsed) }),
  }
}

/** Shows a definition of the code. */
export function codeView(
  name: string,
  said: Definition,
  enabled: boolean,
  { groups, lastUsed }: Beside,
): DefinitionView {
  const { kind, roles = [], scopes = [], permissions = [], limit, enabled: _enabled, ...settings } = said
  const plain = typeof limit === 'object' && typeof limit.by === 'function' ? undefined : limit
  return {
    ...{ name, kind, source: 'code', enabled, settings: shown(settings), roles, scopes, permissions },
    ...(plain !== undefined && { limit: plain }),
    ...{ groups, secrets: [] },
    ...(lastUsed !== undefined && { lastUsed: iso(lastUsed) }),
  }
}

const secretMembers: ReadonlySet<string> = new Set(['password', 'key', 'token', 'clientSecret'])

function shown(settings: object): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(settings, (member, value: unknown) => (secretMembers.has(member) ? undefined : value))
  return JSON.parse(text)
}
