import {
  type CallTest,
  defineProblem,
  login,
  type Person,
  provider,
  type Raise,
  type Rule,
  verifyPassword,
} from 'trestle'
import { type User, users } from './users.ts'

const headers = { 'WWW-Authenticate': 'Bearer' }
/** Refuses a token whose owner is not there. */
export const unknownUser: Raise = defineProblem({
  code: 'unknown_user',
  status: 401,
  title: 'Unknown user',
  help: 'Log in as somebody else: the token names nobody, or its owner was deleted or switched off.',
})

/** The owner of the token, as stored now: roles are not in the token, so that a change of them counts at once. */
export const currentUser = provider(
  async ({ caller, users }) => {
    const { username: id, claims } = caller
    if (claims !== undefined && claims.sub === undefined) unknownUser('Invalid authentication credentials', { headers })
    const user = (await users.find(Number(id))) ?? unknownUser('User not found', { headers })
    return user.is_active ? user : unknownUser('User is not active', { headers })
  },
  { use: { users } },
)

/** How people log in at `POST /token`, and again when they renew a token: the token names them by their id. */
export const people = login({
  use: { users },
  verify: async ({ username, password }, { users }) => {
    const user = await users.findByLogin(username)
    return (await verifyPassword(user?.password_hash, password)) ? person(user) : undefined
  },
  find: async (id, { users }) => person(await users.find(Number(id))),
})

function person(user: User | undefined): Person | undefined {
  return user?.is_active ? { username: String(user.id) } : undefined
}

interface Member {
  readonly currentUser: User
}

interface AboutUser extends Member {
  readonly input: { readonly user_id: number }
}

interface UserChange extends AboutUser {
  readonly input: { readonly user_id: number; readonly role?: unknown; readonly is_active?: unknown }
}

const isAdmin: CallTest<Member> = ({ currentUser }) => currentUser.role === 'admin'
const isSelf: CallTest<AboutUser> = ({ input, currentUser }) => input.user_id === currentUser.id
const promotesNobody: CallTest<UserChange> = ({ input }) => input.role === undefined && input.is_active === undefined
const reason = 'Insufficient permissions. Required role: admin'

/** Lets admins in. */
export const adminOnly: Rule<Member> = { allOf: [isAdmin], reason }

/** Lets users in to what is theirs, and admins to everything. */
export const selfOrAdmin: Rule<AboutUser> = { anyOf: [isAdmin, isSelf], reason }

/** The same, but what somebody is and whether they may log in is for admins to say. */
export const selfUnlessPromoted: Rule<UserChange> = { anyOf: [isAdmin, { allOf: [isSelf, promotesNobody] }], reason }
