import type { Caller } from '../kernel/caller.ts'
import { isList } from '../kernel/one-or-many.ts'
import type { Definition } from './definitions/definition.ts'
import type { SecuritySettings } from './settings.ts'

/** Makes callers, with what their roles permit. */
export interface Callers {
  /** Whoever has the credentials of a definition, with what these say themselves. */
  readonly callerOf: (name: string, definition: Definition, more?: Partial<Caller>) => Caller
  /** A caller that somebody else has made, with what its roles permit here. */
  readonly withPermissions: (caller: Caller) => Caller
}

/** Reads the `roles` of an app. */
export function callers({ roles: declared }: Pick<SecuritySettings, 'roles'>): Callers {
  const permitted = (roles: readonly string[]): readonly string[] =>
    roles.flatMap((role) => {
      const said = declared !== undefined && Object.hasOwn(declared, role) ? declared[role] : undefined
      return (isList(said) ? said : said?.permissions) ?? []
    })
  return {
    callerOf: (name, definition, more = {}) => {
      const roles = [...new Set([...(definition.roles ?? []), ...(more.roles ?? [])])]
      const scopes = [...new Set([...(definition.scopes ?? []), ...(more.scopes ?? [])])]
      const username = more.username ?? (definition.kind === 'basic' ? definition.username : name)
      const permissions = [...(definition.permissions ?? []), ...permitted(roles)]
      return {
        ...{ definition: name, username, roles, scopes, permissions },
        ...(more.claims !== undefined && { claims: more.claims }),
      }
    },
    withPermissions: (caller) => {
      if (caller.permissions !== undefined || declared === undefined) return caller
      return { ...caller, permissions: permitted(caller.roles) }
    },
  }
}
