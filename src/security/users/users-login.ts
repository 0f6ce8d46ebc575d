import type { Login, Person } from '../login/login.ts'
import type { User, Users } from './users.ts'

/** The login of an app that gives none of its own: its stored users. */
export function usersLogin(users: Users): Login {
  return {
    use: {},
    verify: async (given) => personOf(await users.verify(given)),
    find: (username) => personOf(users.find(username)),
  }
}

/** Who may log in, as far as others may know them; nobody where the user is disabled. */
export function personOf(user: User | undefined): Person | undefined {
  if (user?.enabled !== true) return undefined
  const { username, roles, scopes, stamp } = user
  return { username, roles, scopes, stamp }
}
