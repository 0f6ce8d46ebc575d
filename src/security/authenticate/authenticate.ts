import type { Attempt } from '../../kernel/attempt.ts'
import type { Caller } from '../../kernel/caller.ts'
import { type Awaitable, isPromise, whenReady } from '../../kernel/chain.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { ActiveDefinition } from '../definitions/active-definition.ts'
import type { DefinitionBook } from '../definitions/book.ts'
import { digestOf, type Secret } from '../definitions/secret.ts'
import { inTurn } from '../limits/guess.ts'
import type { Limits } from '../limits/limits.ts'
import { verifyPassword } from '../passwords/password-hash.ts'
import { firstTaken } from '../tokens/first-taken.ts'
import { TokenRefused, type VerifyToken } from '../tokens/verify-token.ts'
import { type Accepted, hashesOf, type Known } from './accepted.ts'
import type { AcceptedSets } from './accepted-sets.ts'
import type { BoundedMap } from './bounded-map.ts'
import { type Credentials, credentialsOf, type Unreadable } from './credentials.ts'
import { refusal } from './refusal.ts'

/** What authentication is made of. */
export interface Authentication {
  readonly book: DefinitionBook
  readonly clock: Clock
  readonly accepting: AcceptedSets
  readonly limits: Pick<Limits, 'checkFailures' | 'failed'>
  /** Looks into the tokens of a bearer definition. */
  readonly verifierOf: (definition: ActiveDefinition) => VerifyToken
  /** Who a token's owner is: what the definition says of everybody, and what the token says. */
  readonly callerOf: (definition: ActiveDefinition, more: Partial<Caller>) => Caller
  /** Finds the session of a browser. @throws Problem for a request that another site has made it send */
  readonly sessionOf: (attempt: Attempt, definition: ActiveDefinition) => Awaitable<Caller | undefined>
  /** Finds the definition whose certificate was shown. */
  readonly certificateOf: (attempt: Attempt, definitions: readonly ActiveDefinition[]) => ActiveDefinition | undefined
}

/**
 * Says who calls, by the definitions and groups of these names; undefined for a caller without credentials.
 *
 * @throws Problem `unauthorized`, `invalid_credentials`, `invalid_token`, `several_credentials`, `too_many_requests`
 */
export type Authenticate = (attempt: Attempt) => Awaitable<Caller | undefined>

/** How long credentials are taken for good that need not be asked about again, in milliseconds. */
const rememberedFor = 60_000

/** Compiles who may authenticate by some names; it follows all changes of the definitions. */
export function authenticator(names: readonly string[], parts: Authentication): Authenticate {
  const { book, clock, limits } = parts
  const current = parts.accepting(names)

  return (attempt) => {
    const set = current()
    const known = quickly(attempt, set)
    if (known !== undefined) return known
    const given = credentialsOf(attempt, set, set.slots)
    return given === undefined ? ambient(attempt, set) : (knownAs(given, attempt, set) ?? shown(attempt, given, set))
  }

  /** The usual case, in as few steps as can be: the same header as a moment ago, and nothing beside it. */
  function quickly(attempt: Attempt, { known, slots, basic, bearer }: Accepted): Caller | undefined {
    const { authorization } = attempt.headers
    const [slot] = slots
    if (slot === undefined)
      return typeof authorization === 'string' ? stillKnown(known.byAuthorization, authorization) : undefined
    if (slots.length !== 1 || slot.in !== 'header' || (authorization !== undefined && (basic || bearer)))
      return undefined
    const key = attempt.headers[slot.sent]
    return typeof key === 'string' ? stillKnown(known.byKey, key) : undefined
  }

  /** The same where it took a closer look to see that there is nothing beside it. */
  function knownAs({ kind }: Credentials | Unreadable, attempt: Attempt, { known }: Accepted): Caller | undefined {
    return kind === 'apiKey' ? undefined : stillKnown(known.byAuthorization, String(attempt.headers.authorization))
  }

  function stillKnown(known: BoundedMap<Known>, key: string): Caller | undefined {
    const found = known.get(key)
    if (found === undefined) return undefined
    if (clock.now().getTime() < found.until) return found.caller
    known.delete(key)
    return undefined
  }

  function shown(attempt: Attempt, given: Credentials | Unreadable, accepting: Accepted): Awaitable<Caller> {
    if (given.kind !== 'basic' || accepting.hashes === 0) return looked(attempt, given, accepting)
    // Of calls that come at once with the same password, those that have waited find it known.
    return inTurn(attempt, () => knownAs(given, attempt, current()) ?? looked(attempt, given, current()))
  }

  function looked(attempt: Attempt, given: Credentials | Unreadable, accepting: Accepted): Awaitable<Caller> {
    const username = given.kind === 'basic' ? given.username : undefined
    return whenReady(limits.checkFailures(attempt, username), () => {
      const remember = rememberer(attempt, given, accepting)
      const refuse = (reason?: string): Awaitable<never> =>
        whenReady(limits.failed(attempt, username), () => {
          throw refusal(accepting, given, reason)
        })
      let result: Awaitable<Found | undefined>
      try {
        result = check(given, accepting)
      } catch (error) {
        if (error instanceof TokenRefused) return refuse(error.message)
        throw error
      }
      const take = (taken: Found | undefined): Awaitable<Caller> => {
        if (taken === undefined) return refuse()
        // What has changed in the meantime, such as a definition that was switched off, holds for this call, too.
        const now = current()
        if (now !== accepting) return looked(attempt, given, now)
        book.used(taken.definition.name)
        remember(taken)
        return taken.caller
      }
      if (!isPromise(result)) return take(result as Found | undefined)
      // Of guesses that were sent at once, the right one must not get through behind the wrong ones.
      const takeInTime = (taken: Found | undefined): Awaitable<Caller> =>
        taken === undefined ? refuse() : whenReady(limits.checkFailures(attempt, username), () => take(taken))
      return Promise.resolve(result).then(takeInTime, (error: unknown) => {
        if (error instanceof TokenRefused) return refuse(error.message)
        throw error
      })
    })
  }

  function rememberer(attempt: Attempt, given: Credentials | Unreadable, { known }: Accepted): (found: Found) => void {
    const { authorization } = attempt.headers
    return ({ caller, until }) => {
      if (given.kind !== 'apiKey') known.byAuthorization.set(String(authorization), { caller, until })
      else if (given.slot.in === 'header') known.byKey.set(given.key, { caller, until })
    }
  }

  function check(given: Credentials | Unreadable, accepting: Accepted): Awaitable<Found | undefined> {
    if (given.kind === 'unreadable') return undefined
    if (given.kind === 'basic') return byPassword(given, accepting)
    const digest = digestOf(given.kind === 'bearer' ? given.token : given.key)
    if (given.kind === 'bearer') {
      const definition = accepting.tokens.get(digest)
      return definition === undefined ? byVerifying(given.token, accepting.verifying) : bySecret(definition, digest)
    }
    const definition = accepting.keys.get(`${given.slot.in}:${given.slot.sent}:${digest}`)
    return definition && bySecret(definition, digest)
  }

  function bySecret(definition: ActiveDefinition, digest: string): Found | undefined {
    const now = clock.now().getTime()
    const secret = definition.secrets.find((each) => each.digest === digest && now < endOf(each))
    return secret && found(definition, secret)
  }

  async function byPassword(
    { username, password }: { readonly username: string; readonly password: string },
    { basics, hashes }: Accepted,
  ): Promise<Found | undefined> {
    const now = clock.now().getTime()
    const definitions = basics.get(username) ?? []
    let right: Found | undefined
    for (const definition of definitions) {
      for (const secret of definition.secrets) {
        // One that counts no more is looked at, too: what is refused costs the same time, whatever there is.
        const matches = await secret.matches(password)
        if (matches && now < endOf(secret)) right ??= found(definition, secret)
      }
    }
    if (right !== undefined) return right
    // The time of an answer tells nobody which names there are.
    for (let tried = hashesOf(definitions); tried < hashes; tried++) await verifyPassword(undefined, password)
    return undefined
  }

  function found(definition: ActiveDefinition, secret: Secret): Found {
    const until = Math.min(clock.now().getTime() + rememberedFor, endOf(secret))
    return { definition, caller: definition.caller, until }
  }

  function byVerifying(token: string, definitions: readonly ActiveDefinition[]): Promise<Found | undefined> {
    return firstTaken(definitions, async (definition) => {
      const verified = await parts.verifierOf(definition)(token)
      if (verified === undefined) return undefined
      const { username, scopes, roles, claims, until } = verified
      return { definition, caller: parts.callerOf(definition, { username, scopes, roles, claims }), until }
    })
  }

  /** What a browser or a connection shows by itself, where nothing was shown on purpose. */
  function ambient(attempt: Attempt, accepting: Accepted): Awaitable<Caller | undefined> {
    if (accepting.certificates.length > 0) {
      const definition = parts.certificateOf(attempt, accepting.certificates)
      if (definition !== undefined) {
        book.used(definition.name)
        return definition.caller
      }
      if (attempt.certificate !== undefined && accepting.sessions.length === 0)
        throw refusal(accepting, undefined, 'The certificate is not known')
    }
    const [definition] = accepting.sessions
    return definition && parts.sessionOf(attempt, definition)
  }
}

interface Found {
  readonly definition: ActiveDefinition
  readonly caller: Caller
  /** Until when it need not be asked about again, in milliseconds since 1970. */
  readonly until: number
}

function endOf({ until = Number.POSITIVE_INFINITY }: Secret): number {
  return until
}

/** Refuses a caller that has shown nothing. */
export function withoutCredentials(names: readonly string[], { accepting }: Authentication): Error {
  return refusal(accepting(names)(), undefined)
}
