import { group, service } from 'trestle'
import { z } from 'zod'

const UserV1 = z.object({ id: z.int(), name: z.string() }).meta({ id: 'UserV1' })
const UserV2 = z.object({ id: z.int(), first_name: z.string(), last_name: z.string() }).meta({ id: 'UserV2' })

const users = [
  { id: 1, first_name: 'Ada', last_name: 'Lovelace' },
  { id: 2, first_name: 'Alan', last_name: 'Turing' },
]

// The same two versions under two kinds of address: one has the version in its path, the other anywhere else.
const inPath = group({ prefix: '/api/v{version}', versions: { by: 'path' } })
const elsewhere = group({ versions: { by: ['header', 'query', 'media-type'], default: '1' } })
const leaving = { since: '2026-01-01', sunset: '2027-01-01', successor: '/api/v2/users' }

const userService = service.with({ tags: ['Users'] })

export const listUsersV1 = userService({
  summary: 'List users, by their whole names',
  output: z.array(UserV1),
  on: [inPath.get('/users', { version: '1', deprecated: leaving }), elsewhere.get('/users', { version: '1' })],
  handle: () => users.map(({ id, first_name, last_name }) => ({ id, name: `${first_name} ${last_name}` })),
})

export const listUsersV2 = userService({
  summary: 'List users, by first and last names',
  output: z.array(UserV2),
  on: [inPath.get('/users', { version: '2' }), elsewhere.get('/users', { version: '2' })],
  handle: () => users,
})
