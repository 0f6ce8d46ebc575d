import type { Caller } from '../../kernel/caller.ts'
import type { Definition } from './definition.ts'
import type { Secret } from './secret.ts'

/** A definition that lets callers in, with its secrets as they are compared. */
export interface ActiveDefinition {
  readonly name: string
  readonly definition: Definition
  /** Passwords, keys or tokens, of which any one counts. */
  readonly secrets: readonly Secret[]
  /** Whoever has shown its credentials. */
  readonly caller: Caller
}

/** Where definitions and groups come from, beside the code: what can change while the app runs. */
export interface DefinitionSource {
  /** Another number after each change, by whichever process. */
  readonly version: () => number
  readonly definitions: () => readonly ActiveDefinition[]
  /** Members by the name of the group; of a group that is known from the code, they come in addition. */
  readonly groups: () => Readonly<Record<string, readonly string[]>>
  /** Names of definitions from the code that are switched off. */
  readonly disabled: () => readonly string[]
  /** Told that credentials have let somebody in. */
  readonly used: (definition: string) => void
}
