import type { Caller } from '../kernel/caller.ts'
import { whenReady } from '../kernel/chain.ts'
import type { Guards } from '../kernel/guard.ts'
import { nearest } from '../kernel/nearest.ts'
import { isList } from '../kernel/one-or-many.ts'
import type { Service } from '../kernel/service.ts'
import { adminFaults } from './admin/admin-settings.ts'
import type { AdminTools } from './admin/admin-tools.ts'
import { createAudit } from './audit/audit.ts'
import { knownNames } from './audit/known-names.ts'
import { refusedCall } from './audit/refused-call.ts'
import { acceptedSets } from './authenticate/accepted-sets.ts'
import type { Authentication } from './authenticate/authenticate.ts'
import { callers } from './callers.ts'
import { certificateBook, certificateFaults } from './certificates/certificate-book.ts'
import type { ActiveDefinition } from './definitions/active-definition.ts'
import { definitionBook } from './definitions/book.ts'
import { codeDefinitions } from './definitions/code-definitions.ts'
import type { Definition } from './definitions/definition.ts'
import { secretTextsOf } from './definitions/secret-texts.ts'
import { describedAccess, nobody, type SecuritySchemes, schemeOf } from './describe.ts'
import { entranceFaults, issuedFaults, limitFaults, unknownNames } from './faults.ts'
import { guardOf } from './guards.ts'
import type { SecurityHost } from './host.ts'
import { createIssuing, type Issuing } from './issuing/issuing.ts'
import { oauthFlows } from './issuing/oauth-flows.ts'
import { createLimits } from './limits/create-limits.ts'
import { knownLogins } from './login/known-logins.ts'
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
  const { callerOf, withPermissions } = callers(settings)
  for (const each of secretTextsOf(settings, host.environment)) host.declareSecret(each)
  const code = codeDefinitions(settings, host.environment, callerOf)
  const stored = storedSecurity(settings, host, {
    callerOf,
    unset: Object.keys(code.unset),
    faultsOf: (name, definition) => [
      ...tokens.faultsOf(name, definition),
      ...certificateFaults(name, definition),
      ...limitFaults(name, definition, limits),
      ...issuedFaults(name, definition, settings),
    ],
  })
  const book = definitionBook(code, Object.keys(settings.security ?? {}), stored.source)
  const isKnown = knownNames(book)
  const limits = createLimits(settings, host, book)
  const faultsOf = entranceFaults(settings, book, limits)
  const certificates = certificateBook(host.clock)
  const users = createUsers(host, settings.users)
  const people = settings.login ?? usersLogin(users)
  const names = knownLogins((username) => settings.login === undefined && users.find(username) !== undefined)
  const hasPeople = settings.login !== undefined || settings.users !== undefined
  const issuing = settings.tokens && createIssuing(settings.tokens, host, { people, names, hasPeople, limits })
  const flows = issuing && oauthFlows(issuing.plan)
  const tokens = tokenVerifiers(host, issuing && (() => issuing.verify))
  const sessions = sessionDoor(settings.sessions, {
    ...{ host, limits, names, people: peopleOf(settings.login, users, host) },
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
      guardOf: (entrance, uncounted) => guardOf(entrance, { authentication, limits, withPermissions }, uncounted),
      faultsOf,
      describe: (entrance) => describedAccess(entrance, definitionsOf, limits.headersOf(entrance), flows),
      refused: (problem, attempt, at) => audit.record(refusedCall(problem, attempt, at, isKnown)),
    },
    faults: [
      ...code.faults,
      ...code.definitions.flatMap(({ name, definition }) => [
        ...tokens.faultsOf(name, definition),
        ...certificateFaults(name, definition),
        ...issuedFaults(name, definition, settings),
      ]),
      ...limits.faults,
      ...sessions.faults,
      ...(issuing?.faults ?? []),
      ...policyFaults(settings.users?.passwords ?? {}),
      ...adminFaults(settings.admin),
      ...unknownNames(settings.admin?.security, book).map((each) => `admin.security names ${each}`),
    ],
    services: findPerson(sessions.definitions.length > 0 ? settings.login : undefined),
    schemes: {
      ...Object.fromEntries(
        definitionsOf([...new Set([...Object.keys(settings.security ?? {}), ...book.names()])]).map((each) =>
          schemeOf(each, flows),
        ),
      ),
      ...(sessions.definitions.length > 0 && { session: sessions.scheme }),
      ...(Object.values(settings.security ?? {}).some((said) => isList(said) && said.length === 0) && nobody),
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
}

function definitionNamed(declared: NonNullable<SecuritySettings['security']>, name: string): readonly Definition[] {
  const said = Object.hasOwn(declared, name) ? declared[name] : undefined
  return said === undefined || isList(said) ? [] : [said]
}
