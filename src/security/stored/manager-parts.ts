import type { Definition } from '../definitions/definition.ts'
import type { SecurityHost } from '../host.ts'
import type { LastUses } from './last-uses.ts'
import type { SecurityFile } from './security-file.ts'

/** What managing is done with. */
export interface ManagerParts extends Pick<SecurityHost, 'clock' | 'report' | 'declareSecret'> {
  /** Those of the code. */
  readonly definitions: Readonly<Record<string, Definition>>
  /** Those of the code. */
  readonly groups: Readonly<Record<string, readonly string[]>>
  /** Names of definitions of the code that let nobody in, since variables are not set. */
  readonly unset: readonly string[]
  readonly file: SecurityFile
  readonly uses: LastUses
  /** What is wrong with a definition, as whole sentences. */
  readonly faultsOf: (name: string, definition: Definition) => readonly string[]
}
