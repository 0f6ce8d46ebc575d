import type { Caller } from '../kernel/caller.ts'
import type { Entrance, Guards } from '../kernel/guard.ts'
import { nearest } from '../kernel/nearest.ts'
import type { Service } from '../kernel/service.ts'
import { isBuiltIn } from '../kernel/service-names.ts'
import type { Authentication } from './authenticate/authenticate.ts'
import type { ActiveDefinition } from './definitions/active-definition.ts'
import { definitionBook } from './definitions/book.ts'
import { anonymousName, codeDefinitions } from './definitions/code-definitions.ts'
import type { Definition } from './definitions/definition.ts'
import { describedAccess, type SecuritySchemes, schemeOf } from './describe.ts'
import { guardOf, namesOf } from './guards.ts'
import type { SecurityHost } from './host.ts'
import { createLimits } from './limits/create-limits.ts'
import type { SecuritySettings } from './settings.ts'

/** Who may call an app, compiled. */
export interface Security {
  readonly guards: Guards
  /** What is wrong with the settings, as whole sentences that say how to mend it. */
  readonly faults: readonly string[]
  /** Services that come with it. */
  readonly services: readonly Service[]
  /** The security schemes of the API description. */
  readonly schemes: SecuritySchemes
  readonly close: () => Promise<void>
}

/** Compiles who may call an app. */
export function createSecurity(settings: SecuritySettings, host: SecurityHost): Security {
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
  const code = codeDefinitions(settings, host.environment, callerOf)
  for (const [name, missing] of Object.entries(code.unset)) {
    host.log.warn(
      { definition: name, missing },
      `the security definition ${name} lets nobody in: set ${missing.join(' and ')}`,
    )
  }
  const book = definitionBook(code, Object.keys(settings.security ?? {}))
  const limits = createLimits()
  const authentication: Authentication = {
    book,
    limits,
    clock: host.clock,
    title: host.title,
    verifierOf: () => () => undefined,
    callerOf: ({ name, definition }: ActiveDefinition, more) => callerOf(name, definition, more),
    sessionOf: () => undefined,
    certificateOf: () => undefined,
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
      describe: (entrance) => describedAccess(entrance, definitionsOf),
    },
    faults: [...code.faults],
    services: [],
    schemes: Object.fromEntries(
      definitionsOf([...new Set([...Object.keys(settings.security ?? {}), ...book.names()])]).map(schemeOf),
    ),
    close: async () => {
      await limits.close()
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
    if (limit === undefined || limit === false) return []
    return [limit].flat().flatMap((each) => {
      const fault = limits.faultOf(each)
      return fault === undefined ? [] : [`the limit of ${channel.address} (${entry.name}) ${fault}`]
    })
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
