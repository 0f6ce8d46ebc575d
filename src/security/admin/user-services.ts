import { z } from 'zod'
import { problem } from '../../kernel/problem.ts'
import { type Service, service } from '../../kernel/service.ts'
import type { User } from '../users/users.ts'
import type { AdminChannels, AdminTools } from './admin-tools.ts'
import { doerOf } from './doer-of.ts'
import { time } from './time.ts'

/** The services over the users that the app keeps itself. */
export function userServices({ users }: AdminTools, on: Partial<AdminChannels>): readonly Service[] {
  const texts = z.array(z.string().min(1).max(1000)).max(100)
  const User = z
    .object({
      username: z.string(),
      roles: z.array(z.string()),
      scopes: z.array(z.string()),
      enabled: z.boolean().describe('Whether they may log in'),
      created: time(),
      changed: time(),
      lastLogin: time().optional(),
    })
    .meta({ id: 'TrestleUser' })
  const username = z.string().min(1).max(1000)
  const password = z.string().min(1).max(1024)
  const named = z.object({ username })
  const rights = { roles: texts.optional(), scopes: texts.optional() }
  const make = service.with({ tags: ['Security'], throws: ['not_found', 'conflict', 'invalid_input'] })
  const shown = (user: User | undefined, name: string) => {
    if (user === undefined) throw problem('not_found', `There is no user ${name}`)
    const { roles, scopes, stamp: _stamp, lastLogin, ...plain } = user
    return { ...plain, roles: [...roles], scopes: [...scopes], ...(lastLogin !== undefined && { lastLogin }) }
  }

  return [
    make({
      name: 'trestle.security.list-users',
      summary: 'List the users, by name',
      input: z.object({
        search: z.string().max(1000).optional().describe('What names begin with'),
        limit: z.int().min(1).max(1000).default(50),
        after: username.optional().describe('The last name of the page before'),
      }),
      output: z.object({ users: z.array(User), next: z.string().optional() }),
      on: on['list-users'] ?? [],
      handle: ({ input }) => {
        const { users: page, next } = users.list(input)
        return { users: page.map((each) => shown(each, each.username)), ...(next !== undefined && { next }) }
      },
    }),
    make({
      name: 'trestle.security.read-user',
      summary: 'Read one user',
      input: named,
      output: User,
      on: on['read-user'] ?? [],
      handle: ({ input }) => shown(users.find(input.username), input.username),
    }),
    make({
      name: 'trestle.security.create-user',
      summary: 'Make a user',
      input: z.object({ username, password, ...rights, enabled: z.boolean().default(true) }),
      output: User,
      on: on['create-user'] ?? [],
      handle: async (call) => shown(await users.create(call.input, doerOf(call)), call.input.username),
    }),
    make({
      name: 'trestle.security.change-user',
      summary: 'Change what a user is and may do',
      input: z.object({ username, ...rights }),
      output: User,
      on: on['change-user'] ?? [],
      handle: async (call) => {
        const { username: name, ...change } = call.input
        return shown(await users.change(name, change, doerOf(call)), name)
      },
    }),
    make({
      name: 'trestle.security.set-password',
      summary: 'Give a user another password, which ends their sessions and tokens',
      input: z.object({ username, password }),
      output: User,
      on: on['set-password'] ?? [],
      handle: async (call) => {
        const { username: name, ...change } = call.input
        return shown(await users.change(name, change, doerOf(call)), name)
      },
    }),
    make({
      name: 'trestle.security.enable-user',
      summary: 'Let a user log in again',
      input: named,
      output: User,
      on: on['enable-user'] ?? [],
      handle: async (call) =>
        shown(await users.change(call.input.username, { enabled: true }, doerOf(call)), call.input.username),
    }),
    make({
      name: 'trestle.security.disable-user',
      summary: 'Keep a user from logging in, which ends their sessions and tokens',
      input: named,
      output: User,
      on: on['disable-user'] ?? [],
      handle: async (call) =>
        shown(await users.change(call.input.username, { enabled: false }, doerOf(call)), call.input.username),
    }),
    make({
      name: 'trestle.security.delete-user',
      summary: 'Delete a user',
      input: named,
      on: on['delete-user'] ?? [],
      handle: (call) => {
        const { username: name } = call.input
        if (!users.delete(name, doerOf(call))) throw problem('not_found', `There is no user ${name}`)
      },
    }),
  ]
}
