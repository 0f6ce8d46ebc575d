import type { CheckedApp } from './checked-app.ts'
import { emptyGroups, unsetVariables, unusedDefinitions } from './definitions.ts'
import type { CheckFinding, FindingLevel } from './finding.ts'
import { unboundedLists, unlimitedGuesses } from './limits.ts'
import { anonymousChannels, openChannels } from './open-channels.ts'
import { unknownGrants } from './rules.ts'
import { anyOrigin, keysInAddresses, plainHttp } from './transport.ts'
import { plainSecrets, weakSecrets } from './written-secrets.ts'

/** All checks; each says one kind of thing. */
export const checks: readonly ((app: CheckedApp) => readonly CheckFinding[])[] = [
  openChannels,
  anonymousChannels,
  unsetVariables,
  emptyGroups,
  unusedDefinitions,
  unknownGrants,
  plainSecrets,
  weakSecrets,
  keysInAddresses,
  plainHttp,
  anyOrigin,
  unlimitedGuesses,
  unboundedLists,
]

const weight: Readonly<Record<FindingLevel, number>> = { error: 0, warning: 1, note: 2 }

/** Asks all checks about an app that could start; what matters most comes first, each finding once. */
export function checkApp(app: CheckedApp): readonly CheckFinding[] {
  const all = checks.flatMap((check) => check(app))
  const once = new Map(all.map((each) => [`${each.code} ${each.where} ${each.message}`, each]))
  return [...once.values()].sort((a, b) => weight[a.level] - weight[b.level])
}
