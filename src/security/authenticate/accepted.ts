import type { Caller } from '../../kernel/caller.ts'
import type { ActiveDefinition } from '../definitions/active-definition.ts'
import { headerString } from '../limits/header-text.ts'
import { BoundedMap } from './bounded-map.ts'

/** Where keys are sent. */
export interface KeySlot {
  readonly in: 'header' | 'query' | 'cookie'
  readonly name: string
  /** As it is looked up: headers in lower case. */
  readonly sent: string
}

/** Credentials that were good a moment ago. */
export interface Known {
  readonly caller: Caller
  /** Until when they are good without being looked at again, in milliseconds since 1970. */
  readonly until: number
}

/** What a set of definitions takes, compiled. */
export interface Accepted {
  readonly basics: ReadonlyMap<string, readonly ActiveDefinition[]>
  /** So many hashed passwords belong to one user name, at the most. */
  readonly hashes: number
  readonly slots: readonly KeySlot[]
  /** Definitions by where the key is sent and its digest. */
  readonly keys: ReadonlyMap<string, ActiveDefinition>
  /** Definitions by the digest of a token that was agreed on. */
  readonly tokens: ReadonlyMap<string, ActiveDefinition>
  /** Bearer definitions that have to look into tokens. */
  readonly verifying: readonly ActiveDefinition[]
  /** Whether tokens are among them that the app has issued itself, and may revoke. */
  readonly issued: boolean
  readonly sessions: readonly ActiveDefinition[]
  readonly certificates: readonly ActiveDefinition[]
  readonly basic: boolean
  readonly bearer: boolean
  /** What was good a moment ago, by what was sent: kept apart, since what is good in one place is nothing in another. */
  readonly known: { readonly byAuthorization: BoundedMap<Known>; readonly byKey: BoundedMap<Known> }
  /** The challenges of a refusal (RFC 9110, 11.6.1). */
  readonly challenges: Challenges
}

/** What a refusal asks for. */
export interface Challenges {
  readonly basic: string | undefined
  readonly bearer: string | undefined
  readonly others: readonly string[]
}

/** So many credentials are remembered for each set of definitions. */
const remembered = 10_000

/** Compiles a set of definitions; `resourceMetadata` is where the app tells how to get its tokens (RFC 9728). */
export function accepted(definitions: readonly ActiveDefinition[], title: string, resourceMetadata?: string): Accepted {
  const basics = new Map<string, ActiveDefinition[]>()
  const slots = new Map<string, KeySlot>()
  const keys = new Map<string, ActiveDefinition>()
  const tokens = new Map<string, ActiveDefinition>()
  const verifying: ActiveDefinition[] = []
  const realms = { basic: new Set<string>(), bearer: new Set<string>() }
  for (const each of definitions) {
    const { definition, secrets } = each
    if (definition.kind === 'basic') {
      const username = definition.username.normalize('NFC')
      basics.set(username, [...(basics.get(username) ?? []), each])
      realms.basic.add(definition.realm ?? title)
    }
    if (definition.kind === 'bearer') {
      for (const { digest } of secrets) if (digest !== undefined) tokens.set(digest, each)
      if (definition.jwt ?? definition.introspection ?? definition.issued) verifying.push(each)
      realms.bearer.add(definition.realm ?? title)
    }
    if (definition.kind === 'apiKey') {
      const slot = slotOf(definition)
      slots.set(`${slot.in}:${slot.sent}`, slot)
      for (const { digest } of secrets) if (digest !== undefined) keys.set(`${slot.in}:${slot.sent}:${digest}`, each)
    }
  }
  const ofKind = (kind: string): readonly ActiveDefinition[] =>
    definitions.filter(({ definition }) => definition.kind === kind)
  const sessions = ofKind('session')
  const certificates = ofKind('mutualTls')
  const issued = verifying.some(({ definition }) => definition.kind === 'bearer' && definition.issued === true)
  // RFC 9728, 5.1.
  const whereToAsk = issued && resourceMetadata !== undefined ? `, resource_metadata="${resourceMetadata}"` : ''
  const quoted = (realm: string | undefined): string => `realm=${headerString(realm ?? title)}`
  return {
    hashes: Math.max(0, ...[...basics.values()].map(hashesOf)),
    ...{ basics, slots: [...slots.values()], keys, tokens, verifying, issued, sessions, certificates },
    basic: realms.basic.size > 0,
    bearer: realms.bearer.size > 0,
    known: { byAuthorization: new BoundedMap(remembered), byKey: new BoundedMap(remembered) },
    challenges: {
      basic: realms.basic.size > 0 ? `Basic ${quoted([...realms.basic][0])}, charset="UTF-8"` : undefined,
      bearer: realms.bearer.size > 0 ? `Bearer ${quoted([...realms.bearer][0])}${whereToAsk}` : undefined,
      others: [
        ...[...slots.values()].map(
          ({ in: place, name }) => `ApiKey ${quoted(title)}, in="${place}", name=${headerString(name)}`,
        ),
        ...(sessions.length > 0 ? [`Session ${quoted(title)}`] : []),
        ...(certificates.length > 0 ? [`Mutual ${quoted(title)}`] : []),
      ],
    },
  }
}

/** How many passwords of some definitions are hashed, so that each costs time to look at. */
export function hashesOf(definitions: readonly ActiveDefinition[]): number {
  return definitions.flatMap(({ secrets }) => secrets).filter(({ digest }) => digest === undefined).length
}

/** Where the key of a definition is sent. */
export function slotOf(definition: { readonly in?: KeySlot['in']; readonly name?: string }): KeySlot {
  const place = definition.in ?? 'header'
  const name = definition.name ?? (place === 'header' ? 'X-API-Key' : 'api_key')
  return { in: place, name, sent: place === 'header' ? name.toLowerCase() : name }
}
