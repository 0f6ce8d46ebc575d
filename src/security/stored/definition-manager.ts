import type { Limit } from '../../kernel/access-settings.ts'
import type { Doer } from '../users/users.ts'
import type { DefinitionView } from './definition-view.ts'
import type { Kind, StoredSettings } from './stored-definition.ts'

/** What a definition grants, as it is given. */
export interface GivenGrants {
  readonly roles?: readonly string[] | undefined
  readonly scopes?: readonly string[] | undefined
  readonly permissions?: readonly string[] | undefined
  /** Null takes it away. */
  readonly limit?: Limit | null | undefined
}

/** A definition that is to be made. */
export interface NewDefinition extends GivenGrants {
  readonly name: string
  readonly kind: Kind
  readonly settings?: StoredSettings | undefined
  /** The password of a basic one; one is made if it is not given. */
  readonly password?: string | undefined
  readonly enabled?: boolean | undefined
}

/** What is to change of a definition; what is not given stays. */
export interface DefinitionChange extends GivenGrants {
  /** Null takes a member away. */
  readonly settings?: StoredSettings | undefined
}

/** How a secret gives way to another. */
export interface Rotation {
  /** Until when the present one counts, as an ISO 8601 text; no longer if it is not given. */
  readonly until?: string | undefined
  /** The new password of a basic one; one is made if it is not given. */
  readonly password?: string | undefined
}

/** A definition, with the secret that was made for it, which is told only now. */
export type WithSecret = DefinitionView & { readonly secret?: string | undefined }

/** Makes and changes definitions while the app runs. All of it throws problems: `not_found`, `conflict`, `invalid_input`. */
export interface DefinitionManager {
  /** All definitions, those of the code first. */
  readonly list: () => readonly DefinitionView[]
  readonly read: (name: string) => DefinitionView
  readonly create: (given: NewDefinition, by: Doer) => Promise<WithSecret>
  readonly change: (name: string, change: DefinitionChange, by: Doer) => DefinitionView
  /** Switches it on or off; also those of the code. */
  readonly switchTo: (enabled: boolean, name: string, by: Doer) => DefinitionView
  readonly rotate: (name: string, rotation: Rotation, by: Doer) => Promise<WithSecret>
  readonly delete: (name: string, by: Doer) => void
}
