import { nearest } from '../../kernel/nearest.ts'
import type { CallerRule, Rule } from '../../kernel/rule.ts'
import type { Definition } from '../../security/definitions/definition.ts'
import { acceptedBy, type CheckedApp } from './checked-app.ts'
import type { CheckFinding } from './finding.ts'

type Kind = 'role' | 'scope' | 'permission'

/** Rules that ask for what nobody has; nothing is said where callers bring what they have, as people and tokens do. */
export function unknownGrants(app: CheckedApp): readonly CheckFinding[] {
  return app.channels.flatMap((channel) => {
    const definitions = acceptedBy(channel, app)
    if (channel.names.length === 0 || definitions.length === 0 || definitions.some(bringsItsOwn)) return []
    return channel.rules.flatMap(asked).flatMap(([kind, name]): readonly CheckFinding[] => {
      const known = granted(kind, definitions, app)
      if (known.some((each) => covers(each, name))) return []
      const meant = nearest(name, known)
      const mend = meant === undefined ? 'give it to one of them, or mend the name.' : `is it ${meant}?`
      return [
        {
          level: 'warning',
          code: `unknown_${kind}`,
          where: channel.where,
          message: `It asks for the ${kind} ${name}, which none of its callers has: ${mend}`,
        },
      ]
    })
  })
}

function bringsItsOwn(definition: Definition): boolean {
  if (definition.kind === 'session') return true
  return definition.kind === 'bearer' && (definition.jwt ?? definition.introspection ?? definition.issued) !== undefined
}

/** What a rule asks for; what it asks not to have says nothing about who is there. */
function asked(rule: CallerRule | Rule<never>): readonly (readonly [Kind, string])[] {
  if (typeof rule === 'function') return []
  if ('role' in rule) return [['role', rule.role]]
  if ('scope' in rule) return [['scope', rule.scope]]
  if ('permission' in rule) return [['permission', rule.permission]]
  if ('allOf' in rule) return rule.allOf.flatMap(asked)
  return 'anyOf' in rule ? rule.anyOf.flatMap(asked) : []
}

function granted(kind: Kind, definitions: readonly Definition[], app: CheckedApp): readonly string[] {
  const roles = definitions.flatMap((each) => each.roles ?? [])
  if (kind === 'role') return roles
  if (kind === 'scope') return definitions.flatMap((each) => each.scopes ?? [])
  return [
    ...definitions.flatMap((each) => each.permissions ?? []),
    ...roles.flatMap((each) => permissionsOf(app, each)),
  ]
}

function permissionsOf({ settings: { roles = {} } }: CheckedApp, role: string): readonly string[] {
  const said = Object.hasOwn(roles, role) ? roles[role] : undefined
  if (said === undefined) return []
  return 'permissions' in said ? (said.permissions ?? []) : Array.isArray(said) ? said : []
}

function covers(has: string, name: string): boolean {
  return has === name || has === '*' || (has.endsWith(':*') && name.startsWith(has.slice(0, -1)))
}
