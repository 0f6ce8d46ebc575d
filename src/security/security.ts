import type { Caller } from '../kernel/caller.ts'
import { whenReady } from '../kernel/chain.ts'
import type { Entrance, Guards } from '../kernel/guard.ts'
import { nearest } from '../kernel/nearest.ts'
import type { Service } from '../kernel/service.ts'
import { isBuiltIn } from '../kernel/service-names.ts'
import { adminFaults } from './admin/admin-settings.ts'
import type { AdminTools } from './admin/admin-tools.ts'
import { createAudit } from './audit/audit.ts'
import { refusedCall } from './audit/refused-call.ts'
import { acceptedSets } from './authenticate/accepted-sets.ts'
import type { Authentication } from './authenticate/authenticate.ts'
import { certificateBook, certificateFaults } from './certificates/certificate-book.ts'
import type { ActiveDefinition } from './definitions/active-definition.ts'
import { definitionBook } from './definitions/book.ts'
import { anonymousName, codeDefinitions } from './definitions/code-definitions.ts'
import type { Definition } from './definitions/definition.ts'
import { secretTextsOf } from './definitions/secret-texts.ts'
import { describedAccess, type SecuritySchemes, schemeOf } from './describe.ts'
import { guardOf, namesOf } from './guards.ts'
import type { SecurityHost } from './host.ts'
import { createIssuing, type Issuing } from './issuing/issuing.ts'
import { oauthFlows } from './issuing/oauth-flows.ts'
import { createLimits } from './limits/create-limits.ts'
import type { Login } from './login/login.ts'
import { policyFaults } from './passwords/password-policy.ts'
import { findPerson, peopleOf } from './sessions/people.ts'
import { type SessionDoor, sessionDoor } from './sessions/session-door.ts'
import type { SecuritySettings } from './settings.ts'
import { storedSecurity } from './stored/stored-security.ts'
import { tokenVerifiers } from './tokens/token-verifiers.ts'
import { createUsers } from './users/create-users.ts'
import type { Users } from './users/users.ts'
import { usersLogin } from './users/users-login.ts'

/** Who may call an app, compiled. */
export interface Security {
  readonly guards: Guards
  /** What is wrong with the settings, as whole sentences that say how to mend it. */
  readonly faults: readonly string[]
  /** Services that come with it. */
  readonly services: readonly Service[]
  /** The security schemes of the API description. */
  readonly schemes: SecuritySchemes
  /** The users that the app keeps itself. */
  readonly users: Users
  /** How the app knows the people that log in. */
  readonly login: Login
  readonly sessions: SessionDoor
  /** What the admin services work on. */
  readonly admin: AdminTools
  /** The tokens that the app issues itself; nothing where it issues none. */
  readonly issuing: Issuing | undefined
  /** Whoever has the credentials of a definition, also where it is switched off. @throws RangeError for a name of none */
  readonly callerOf: (name: string) => Caller
  /** Logs which definitions let nobody in, since a variable is not set: for when the app begins to serve. */
  readonly announce: () => void
  readonly close: () => Promise<void>
}

/** Compiles who may call an app. */
export function createSecurity(settings: SecuritySettings, lent: SecurityHost): Security {
  const audit = createAudit(lent)
  const host: SecurityHost = { ...lent, report: audit.record }
  const permitted = (roles: readonly string[]): readonly string[] =>
    roles.flatMap((each) => permissionsOf(settings, each))
  const withPermissions = (caller: Caller): Caller => {
    if (caller.permissions !== undefined || settings.roles === undefined) return caller
    return { ...caller, permissions: permitted(caller.roles) }
  }
  const callerOf = (name: string, definition: Definition, more: Partial<Caller> = {}): Caller => {
    const roles = [...new Set([...(definition.roles ?? []), ...(more.roles ?? [])])]
    const scopes = [...new Set([...(definition.scopes ?? []), ...(more.scopes ?? [])])]
    const username = more.username ?? (definition.kind === 'basic' ? definition.username : name)
    const permissions = [...(definition.permissions ?? []), ...permitted(roles)]
    return {
      ...{ definition: name, username, roles, scopes, permissions },
      ...(more.claims !== undefined && { claims: more.claims }),
    }
  }
  for (const each of secretTextsOf(settings, host.environment)) host.declareSecret(each)
  const code = codeDefinitions(settings, host.environment, callerOf)
  const stored = storedSecurity(settings, host, {
    callerOf,
    unset: Object.keys(code.unset),
    faultsOf: (name, definition) => [
      ...tokens.faultsOf(name, definition),
      ...certificateFaults(name, definition),
      ...limitFaultsOf(definition.limit, `the limit of ${name}`),
    ],
  })
  const book = definitionBook(code, Object.keys(settings.security ?? {}), stored.source)
  const limits = createLimits(settings, host, book)
  const certificates = certificateBook(host.clock)
  const users = createUsers(host, settings.users)
  const people = settings.login ?? usersLogin(users)
  const hasPeople = settings.login !== undefined || settings.users !== undefined
  const issuing = settings.tokens && createIssuing(settings.tokens, host, { people, hasPeople, limits })
  const flows = issuing && oauthFlows(issuing.plan)
  const tokens = tokenVerifiers(host, issuing && (() => issuing.verify))
  const sessions = sessionDoor(settings.sessions, {
    ...{ host, limits, people: peopleOf(settings.login, users, host) },
    definitions: Object.entries(settings.security ?? {}).flatMap(([name, said]) =>
      !isList(said) && said.kind === 'session' ? [name] : [],
    ),
  })
  const authentication: Authentication = {
    book,
    limits,
    clock: host.clock,
    accepting: acceptedSets(book, host.title, issuing),
    verifierOf: tokens.verifierOf,
    callerOf: ({ name, definition }: ActiveDefinition, more) => callerOf(name, definition, more),
    sessionOf: (attempt, { name, definition }) =>
      whenReady(sessions.sessions.find(attempt), (found) => found && callerOf(name, definition, found.person)),
    certificateOf: ({ certificate }, definitions) => certificates(certificate, definitions),
  }
  const definitionsOf = (names: readonly string[]): readonly Definition[] => {
    const declared = settings.security ?? {}
    const members = names.flatMap((name) => {
      const said = declared[name]
      return isList(said) ? said : [name]
    })
    const stored = book.resolve(names).map(({ definition }) => definition)
    return [...members.flatMap((name) => definitionNamed(declared, name)), ...stored]
  }

  return {
    guards: {
      guardOf: (entrance) => guardOf(entrance, { authentication, limits, withPermissions }),
      faultsOf: (entrance) => [...nameFaults(entrance), ...limitFaults(entrance), ...openFaults(entrance)],
      describe: (entrance) => describedAccess(entrance, definitionsOf, limits.headersOf(entrance), flows),
      refused: (problem, attempt, at) => audit.record(refusedCall(problem, attempt, at)),
    },
    faults: [
      ...code.faults,
      ...code.definitions.flatMap(({ name, definition }) => [
        ...tokens.faultsOf(name, definition),
        ...certificateFaults(name, definition),
      ]),
      ...limits.faults,
      ...sessions.faults,
      ...(issuing?.faults ?? []),
      ...issuedFaults(),
      ...policyFaults(settings.users?.passwords ?? {}),
      ...adminFaults(settings.admin),
    ],
    services: findPerson(sessions.definitions.length > 0 ? settings.login : undefined),
    schemes: {
      ...Object.fromEntries(
        definitionsOf([...new Set([...Object.keys(settings.security ?? {}), ...book.names()])]).map((each) =>
          schemeOf(each, flows),
        ),
      ),
      ...(sessions.definitions.length > 0 && { session: sessions.scheme }),
    },
    ...{ users, login: people, sessions, issuing },
    admin: { definitions: stored.definitions, groups: stored.groups, users, audit },
    callerOf: (name) => {
      const [definition] = definitionNamed(settings.security ?? {}, name)
      const caller = book.find(name)?.caller ?? (definition && callerOf(name, definition))
      if (caller !== undefined) return caller
      const meant = nearest(name, book.names())
      throw new RangeError(`there is no security definition ${name}${meant === undefined ? '' : `: is it ${meant}?`}`)
    },
    announce: () => {
      for (const [name, missing] of Object.entries(code.unset)) {
        const what = `the security definition ${name} lets nobody in: set ${missing.join(' and ')}`
        host.log.warn({ definition: name, missing }, what)
      }
    },
    close: async () => {
      sessions.sessions.close()
      users.close()
      issuing?.close()
      await limits.close()
      stored.close()
      audit.close()
    },
  }

  function nameFaults({ settings: { security }, channel, entry }: Entrance): readonly string[] {
    const names = namesOf(security) ?? []
    return names
      .filter((name) => name !== anonymousName && !book.knows(name))
      .map((name) => {
        const meant = nearest(name, book.names())
        const mend = meant === undefined ? `add it to 'security' of the app` : `is it ${meant}?`
        return `${channel.address} (${entry.name}) asks for ${name}, which is no security definition and no group: ${mend}`
      })
  }

  function limitFaults({ settings: { limit }, channel, entry }: Entrance): readonly string[] {
    return limitFaultsOf(limit, `the limit of ${channel.address} (${entry.name})`)
  }

  function limitFaultsOf(limit: Entrance['settings']['limit'], what: string): readonly string[] {
    if (limit === undefined || limit === false) return []
    return [limit].flat().flatMap((each) => {
      const fault = limits.faultOf(each)
      return fault === undefined ? [] : [`${what} ${fault}`]
    })
  }

  function issuedFaults(): readonly string[] {
    if (settings.tokens !== undefined) return []
    return code.definitions
      .filter(({ definition }) => definition.kind === 'bearer' && definition.issued === true)
      .map(({ name }) => `security.${name} takes tokens that the app issues, but it issues none: give the app 'tokens'`)
  }

  function openFaults({ settings: { security }, channel, entry }: Entrance): readonly string[] {
    if (settings.denyByDefault !== true || security !== undefined || isBuiltIn(entry.name)) return []
    return [
      `${channel.address} (${entry.name}) says nothing of who may call it: give it 'security', or 'security: false' to leave it open to all`,
    ]
  }
}

function definitionNamed(declared: NonNullable<SecuritySettings['security']>, name: string): readonly Definition[] {
  const said = Object.hasOwn(declared, name) ? declared[name] : undefined
  return said === undefined || isList(said) ? [] : [said]
}

function permissionsOf({ roles = {} }: SecuritySettings, role: string): readonly string[] {
  const said = Object.hasOwn(roles, role) ? roles[role] : undefined
  return (isList(said) ? said : said?.permissions) ?? []
}

function isList(said: unknown): said is readonly string[] {
  return Array.isArray(said)
}
