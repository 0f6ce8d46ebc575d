import type { Service } from '../../kernel/service.ts'
import type { AdminChannels, AdminTools } from './admin-tools.ts'
import { definitionServices } from './definition-services.ts'
import { eventServices } from './event-services.ts'
import { groupServices } from './group-services.ts'
import { userServices } from './user-services.ts'

/** The services by which an app's security is changed while it runs, and looked at; on these channels, if any. */
export function adminServices(tools: AdminTools, on: Partial<AdminChannels> = {}): readonly Service[] {
  return [
    ...definitionServices(tools, on),
    ...groupServices(tools, on),
    ...userServices(tools, on),
    ...eventServices(tools, on),
  ]
}
