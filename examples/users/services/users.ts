import { conflict, del, get, group, hashPassword, notFound, patch, post, put, service } from 'trestle'
import { z } from 'zod'
import { adminOnly, selfOrAdmin, selfUnlessPromoted } from '../access.ts'
import { memberService, openService } from '../bases.ts'
import { Role, UserBase, UserCreate, UserId, UserResponse, UserResponseV2, UserUpdate } from '../models.ts'
import { asPage, PageQuery, pageOf, partOf } from '../pages.ts'
import { users } from '../users.ts'

const missing = (id: number): never => notFound(`User with id ${id} not found`)
const taken = (): never => conflict('User with this email already exists')

export const openUsers = service({
  summary: 'Get the users ready',
  use: { users },
  handle: () => {},
})

export const createUser = openService({
  summary: 'Create a new user',
  description: 'Creates a new user account with the provided information. Email must be unique.',
  tags: ['Users'],
  input: UserCreate,
  output: UserResponse,
  throws: ['conflict'],
  on: post('/users', {
    security: false,
    status: 201,
    location: '/users/{id}',
    replies: {
      201: 'User created successfully',
      409: 'User with this email already exists',
      422: 'Invalid request data',
    },
  }),
  handle: async ({ input: { password, ...user }, users, time }) => {
    const password_hash = await hashPassword(password)
    const created_at = time.now().toISOString()
    return (await users.add({ ...user, role: 'user', is_active: true, created_at, password_hash })) ?? taken()
  },
})

const userService = memberService.with({ tags: ['Users'] })

const byHeader = group({ versions: { by: 'header', default: '1' } })
const byPath = group({ prefix: '/api/v{version}', versions: { by: 'path' } })
// All ways to the list have one limit together.
const limit = { rate: '100/minute', name: 'list-users' }

const UserQuery = PageQuery.extend({
  role: Role.optional(),
  is_active: z.boolean().optional(),
  search: z.string().optional().meta({ description: 'A part of the e-mail address, the user name or the full name' }),
})

export const listUsers = userService({
  summary: 'List users',
  input: UserQuery,
  output: pageOf(UserResponse),
  throws: ['bad_request'],
  on: [byHeader.get('/users', { version: '1', limit }), byPath.get('/users', { version: '1', limit })],
  handle: async ({ input: { role, is_active, search, ...page }, users }) => {
    const part = partOf(page)
    const found = await users.list({ role, is_active, search, ...part })
    return asPage([...found.users], found.total, part)
  },
})

export const listUsersV2 = userService({
  summary: 'List users, with their roles',
  input: UserQuery,
  output: pageOf(UserResponseV2),
  throws: ['bad_request'],
  on: [byHeader.get('/users', { version: '2', limit }), byPath.get('/users', { version: '2', limit })],
  handle: async ({ input: { role, is_active, search, ...page }, users }) => {
    const part = partOf(page)
    const found = await users.list({ role, is_active, search, ...part })
    const renamed = found.users.map(({ full_name: name, ...user }) => ({ ...user, name }))
    return asPage(renamed, found.total, part)
  },
})

export const readMe = userService({
  summary: 'Read yourself',
  output: UserResponse,
  on: get('/users/me'),
  handle: ({ currentUser }) => currentUser,
})

export const readUser = userService({
  summary: 'Read one user',
  input: UserId,
  output: UserResponse,
  throws: ['not_found'],
  on: get('/users/{user_id}'),
  handle: async ({ input: { user_id }, users }) => (await users.find(user_id)) ?? missing(user_id),
})

export const replaceUser = userService({
  summary: 'Replace what a user says of themselves',
  input: UserId.extend(UserBase.shape),
  output: UserResponse,
  throws: ['not_found', 'conflict'],
  on: put('/users/{user_id}'),
  allow: selfOrAdmin,
  handle: async ({ input: { user_id, ...user }, users }) => {
    if ((await users.find(user_id)) === undefined) missing(user_id)
    return (await users.change(user_id, user)) ?? taken()
  },
})

export const changeUser = userService({
  summary: 'Change what is given of a user',
  description: 'An admin alone may set `role` and `is_active`.',
  input: UserId.extend(UserUpdate.shape),
  output: UserResponse,
  throws: ['not_found', 'conflict'],
  on: patch('/users/{user_id}'),
  allow: selfUnlessPromoted,
  handle: async ({ input: { user_id, ...changes }, users }) => {
    if ((await users.find(user_id)) === undefined) missing(user_id)
    return (await users.change(user_id, changes)) ?? taken()
  },
})

export const deleteUser = userService({
  summary: 'Delete a user',
  input: UserId,
  throws: ['not_found'],
  on: del('/users/{user_id}'),
  allow: adminOnly,
  handle: async ({ input: { user_id }, users }) => {
    if (!(await users.remove(user_id))) missing(user_id)
  },
})
