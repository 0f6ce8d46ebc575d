import { group } from '../http/group.ts'
import type { Service } from '../kernel/service.ts'
import { adminServices as servicesOver } from '../security/admin/admin-services.ts'
import type { AdminSettings } from '../security/admin/admin-settings.ts'
import type { AdminChannels, AdminTools } from '../security/admin/admin-tools.ts'
import type { SecuritySettings } from '../security/settings.ts'

const needing = ['security', 'users', 'sessions', 'tokens', 'admin'] as const

/**
 * The services that administer an app's security, for the code and the shell; with REST channels where the app says by whom.
 * An app that has nothing to do with security has none of them.
 */
export function adminServices(settings: SecuritySettings, tools: AdminTools): readonly Service[] {
  if (needing.every((each) => settings[each] === undefined)) return []
  return servicesOver(tools, settings.admin && channelsOf(settings.admin))
}

/** Kept out of the API description, which is for other people. */
function channelsOf({ prefix = '/admin', security, allow }: AdminSettings): AdminChannels {
  const { get, post, put, patch, del } = group({
    ...{ prefix, security, hidden: true, cache: false, headers: { 'Cache-Control': 'no-store' } },
    ...(allow !== undefined && { allow }),
  })
  const channels = {
    'list-definitions': get('/definitions'),
    'create-definition': post('/definitions', { status: 201 }),
    'read-definition': get('/definitions/{name}'),
    'change-definition': patch('/definitions/{name}'),
    'rotate-definition': post('/definitions/{name}/rotate'),
    'enable-definition': post('/definitions/{name}/enable'),
    'disable-definition': post('/definitions/{name}/disable'),
    'delete-definition': del('/definitions/{name}'),
    'list-groups': get('/groups'),
    'create-group': post('/groups', { status: 201 }),
    'read-group': get('/groups/{name}'),
    'delete-group': del('/groups/{name}'),
    'add-member': post('/groups/{name}/members'),
    'remove-member': del('/groups/{name}/members/{definition}'),
    'list-users': get('/users'),
    'create-user': post('/users', { status: 201 }),
    'read-user': get('/users/{username}'),
    'change-user': patch('/users/{username}'),
    'set-password': put('/users/{username}/password'),
    'enable-user': post('/users/{username}/enable'),
    'disable-user': post('/users/{username}/disable'),
    'delete-user': del('/users/{username}'),
    'list-events': get('/events'),
  }
  return channels
}
