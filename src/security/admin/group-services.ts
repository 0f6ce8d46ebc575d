import { z } from 'zod'
import { type Service, service } from '../../kernel/service.ts'
import { definitionModels } from '../stored/definition-models.ts'
import type { GroupView } from '../stored/group-manager.ts'
import type { AdminChannels, AdminTools } from './admin-tools.ts'
import { doerOf } from './doer-of.ts'
import { time } from './time.ts'

/** The services over groups of security definitions. */
export function groupServices({ groups }: AdminTools, on: Partial<AdminChannels>): readonly Service[] {
  const { name: Name } = definitionModels()
  const Group = z
    .object({
      name: z.string(),
      source: z.enum(['code', 'stored']).describe('One of the code can get members in addition, and not be deleted'),
      members: z.array(z.string()).describe('Names of security definitions; an empty group lets nobody in'),
      created: time().optional(),
    })
    .meta({ id: 'TrestleGroup' })
  const shown = ({ members, ...group }: GroupView) => ({ ...group, members: [...members] })
  const named = z.object({ name: Name })
  const membership = z.object({ name: Name, definition: Name })
  const make = service.with({ tags: ['Security'], throws: ['not_found', 'conflict', 'invalid_input'] })

  return [
    make({
      name: 'trestle.security.list-groups',
      summary: 'List the groups of security definitions',
      output: z.object({ groups: z.array(Group) }),
      on: on['list-groups'] ?? [],
      handle: () => ({ groups: groups.list().map(shown) }),
    }),
    make({
      name: 'trestle.security.read-group',
      summary: 'Read one group',
      input: named,
      output: Group,
      on: on['read-group'] ?? [],
      handle: ({ input }) => shown(groups.read(input.name)),
    }),
    make({
      name: 'trestle.security.create-group',
      summary: 'Make a group',
      input: z.object({ name: Name, members: z.array(Name).max(10_000).default([]) }),
      output: Group,
      on: on['create-group'] ?? [],
      handle: (call) => shown(groups.create(call.input, doerOf(call))),
    }),
    make({
      name: 'trestle.security.add-member',
      summary: 'Add a security definition to a group',
      input: membership,
      output: Group,
      on: on['add-member'] ?? [],
      handle: (call) => shown(groups.addMember(call.input.name, call.input.definition, doerOf(call))),
    }),
    make({
      name: 'trestle.security.remove-member',
      summary: 'Take a security definition out of a group',
      input: membership,
      output: Group,
      on: on['remove-member'] ?? [],
      handle: (call) => shown(groups.removeMember(call.input.name, call.input.definition, doerOf(call))),
    }),
    make({
      name: 'trestle.security.delete-group',
      summary: 'Delete a group; its members stay',
      input: named,
      on: on['delete-group'] ?? [],
      handle: (call) => groups.delete(call.input.name, doerOf(call)),
    }),
  ]
}
