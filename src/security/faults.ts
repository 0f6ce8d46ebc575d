import type { Entrance } from '../kernel/guard.ts'
import { nearest } from '../kernel/nearest.ts'
import { isCallerRule, isRule } from '../kernel/rule.ts'
import { isBuiltIn } from '../kernel/service-names.ts'
import type { DefinitionBook } from './definitions/book.ts'
import { anonymousName } from './definitions/code-definitions.ts'
import type { Definition } from './definitions/definition.ts'
import { namesOf } from './guards.ts'
import type { Limits } from './limits/limits.ts'
import type { SecuritySettings } from './settings.ts'

// What is wrong with the settings, as whole sentences that say how to mend it.

/** Finds what is wrong with who may call by an entrance, and how often. */
export function entranceFaults(
  { denyByDefault }: SecuritySettings,
  book: DefinitionBook,
  limits: Limits,
): (entrance: Entrance) => readonly string[] {
  return (entrance) => [
    ...nameFaults(entrance, book),
    ...ruleFaults(entrance),
    ...limits.faultsOf(entrance),
    ...(denyByDefault === true ? openFaults(entrance) : []),
  ]
}

function nameFaults({ settings: { security }, channel, entry }: Entrance, book: DefinitionBook): readonly string[] {
  // What the admin services ask for is said once, in the settings.
  if (isBuiltIn(entry.name)) return []
  return unknownNames(security, book).map((each) => `${channel.address} (${entry.name}) asks for ${each}`)
}

/** Names that stand for nothing, each with what to do about it, as the end of a sentence. */
export function unknownNames(security: Entrance['settings']['security'], book: DefinitionBook): readonly string[] {
  return (namesOf(security) ?? [])
    .filter((name) => name !== anonymousName && !book.knows(name))
    .map((name) => {
      const meant = nearest(name, book.names())
      const mend = meant === undefined ? `add it to 'security' of the app` : `is it ${meant}?`
      return `${name}, which is no security definition and no group: ${mend}`
    })
}

function ruleFaults({ settings: { allow }, channel, entry }: Entrance): readonly string[] {
  if (allow === undefined || isCallerRule(allow)) return []
  const functions = isRule(allow) ? ", and functions in the 'allow' of the service" : ''
  return [`'allow' of ${channel.address} (${entry.name}) is no rule: write one such as role('admin')${functions}`]
}

function openFaults({ settings: { security }, channel, entry }: Entrance): readonly string[] {
  if (security !== undefined || isBuiltIn(entry.name)) return []
  return [
    `${channel.address} (${entry.name}) says nothing of who may call it: give it 'security', or 'security: false' to leave it open to all`,
  ]
}

/** What is wrong with the limit that a definition has of itself. */
export function limitFaults(name: string, { limit }: Definition, limits: Limits): readonly string[] {
  const fault = limit === undefined ? undefined : limits.faultOf(limit)
  return fault === undefined ? [] : [`the limit of ${name} ${fault}`]
}

/** What is wrong with a definition that takes tokens which nobody issues. */
export function issuedFaults(name: string, definition: Definition, { tokens }: SecuritySettings): readonly string[] {
  if (tokens !== undefined || definition.kind !== 'bearer' || definition.issued !== true) return []
  return [`security.${name} takes tokens that the app issues, but it issues none: give the app 'tokens'`]
}
