import type { Caller } from '../../kernel/caller.ts'
import { isList } from '../../kernel/one-or-many.ts'
import type { DefinitionSource } from '../definitions/active-definition.ts'
import type { Definition } from '../definitions/definition.ts'
import type { SecurityHost } from '../host.ts'
import type { SecuritySettings } from '../settings.ts'
import type { DefinitionManager } from './definition-manager.ts'
import { type GroupManager, groupManager } from './group-manager.ts'
import { lastUses } from './last-uses.ts'
import { definitionManager } from './manage-definitions.ts'
import type { ManagerParts } from './manager-parts.ts'
import { securityFile } from './security-file.ts'
import { storedSource } from './stored-source.ts'

/** Definitions and groups that can be changed while the app runs. */
export interface StoredSecurity {
  readonly source: DefinitionSource
  readonly definitions: DefinitionManager
  readonly groups: GroupManager
  readonly close: () => void
}

type CallerOf = (name: string, definition: Definition) => Caller

/** Makes them; nothing is opened before it is needed. */
export function storedSecurity(
  settings: SecuritySettings,
  host: SecurityHost,
  { callerOf, ...more }: Pick<ManagerParts, 'unset' | 'faultsOf'> & { readonly callerOf: CallerOf },
): StoredSecurity {
  const file = securityFile(host.data)
  const uses = lastUses(file, host)
  const declared = declaredIn(settings)
  const parts = { ...host, ...declared, file, uses, ...more }
  return {
    source: storedSource(file, uses, declared, callerOf, host.log),
    definitions: definitionManager(parts),
    groups: groupManager(parts),
    close: () => {
      uses.flush()
      file.close()
    },
  }
}

function declaredIn({ security = {} }: SecuritySettings) {
  const definitions: Record<string, Definition> = {}
  const groups: Record<string, readonly string[]> = {}
  for (const [name, said] of Object.entries(security)) {
    if (isList(said)) groups[name] = said
    else definitions[name] = said
  }
  return { definitions, groups }
}
