import type { Channel } from '../../kernel/channel.ts'
import type { Audit } from '../audit/audit.ts'
import type { DefinitionManager } from '../stored/definition-manager.ts'
import type { GroupManager } from '../stored/group-manager.ts'
import type { Users } from '../users/users.ts'

/** What the admin services work on. */
export interface AdminTools {
  readonly definitions: DefinitionManager
  readonly groups: GroupManager
  readonly users: Users
  readonly audit: Pick<Audit, 'list'>
}

/** The channels of the admin services, by the names of these without `trestle.security.`. */
export interface AdminChannels {
  readonly 'list-definitions': Channel<never>
  readonly 'create-definition': Channel<never>
  readonly 'read-definition': Channel<'name'>
  readonly 'change-definition': Channel<'name'>
  readonly 'rotate-definition': Channel<'name'>
  readonly 'enable-definition': Channel<'name'>
  readonly 'disable-definition': Channel<'name'>
  readonly 'delete-definition': Channel<'name'>
  readonly 'list-groups': Channel<never>
  readonly 'create-group': Channel<never>
  readonly 'read-group': Channel<'name'>
  readonly 'delete-group': Channel<'name'>
  readonly 'add-member': Channel<'name'>
  readonly 'remove-member': Channel<'name' | 'definition'>
  readonly 'list-users': Channel<never>
  readonly 'create-user': Channel<never>
  readonly 'read-user': Channel<'username'>
  readonly 'change-user': Channel<'username'>
  readonly 'set-password': Channel<'username'>
  readonly 'enable-user': Channel<'username'>
  readonly 'disable-user': Channel<'username'>
  readonly 'delete-user': Channel<'username'>
  readonly 'list-events': Channel<never>
}
