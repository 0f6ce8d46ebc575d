import { randomBytes } from 'node:crypto'
import { hashPassword, provider } from 'trestle'
import type { z } from 'zod'
import type { Role } from './models.ts'
import { seededUsers } from './seed.ts'

/** What is kept of a user. */
export interface User {
  readonly id: number
  readonly email: string
  readonly username: string
  readonly full_name: string | null
  readonly role: z.infer<typeof Role>
  readonly is_active: boolean
  readonly created_at: string
  /** The password itself is not kept. */
  readonly password_hash: string
}

/** A user that has no number yet. */
export type NewUser = Omit<User, 'id'>

/** What may be changed of a user; what is undefined stays as it is. */
export type UserChanges = { readonly [Key in keyof Omit<NewUser, 'created_at'>]?: User[Key] | undefined }

/** Which users are looked for, and which part of the list. */
export interface UserQuery {
  readonly role?: User['role'] | undefined
  readonly is_active?: boolean | undefined
  /** A part of the e-mail address, the user name or the full name; upper and lower case are the same. */
  readonly search?: string | undefined
  readonly offset: number
  readonly limit: number
}

/** Keeps users in memory. Its functions return promises, so that a database can take its place. */
export class UserStore {
  readonly #users: Map<number, User> = new Map()
  #lastId: number = 0

  async find(id: number): Promise<User | undefined> {
    return this.#users.get(id)
  }

  /** Whoever logs in with this name: an e-mail address, or a user name, of which the oldest user has it. */
  async findByLogin(name: string): Promise<User | undefined> {
    const email = name.toLowerCase()
    return this.#all().find((each) => each.email === email) ?? this.#all().find((each) => each.username === name)
  }

  async list({
    offset,
    limit,
    ...query
  }: UserQuery): Promise<{ readonly users: readonly User[]; readonly total: number }> {
    const found = this.#all().filter((each) => fits(each, query))
    return { users: found.slice(offset, offset + limit), total: found.length }
  }

  /** Undefined when there is somebody with this e-mail address. */
  async add(user: NewUser): Promise<User | undefined> {
    if (this.#isTaken(user.email)) return undefined
    this.#lastId += 1
    return this.#keep({ id: this.#lastId, ...user })
  }

  /** Undefined when there is no such user, or somebody else has the e-mail address. */
  async change(id: number, changes: UserChanges): Promise<User | undefined> {
    const user = this.#users.get(id)
    if (user === undefined || this.#isTaken(changes.email, id)) return undefined
    return this.#keep(Object.assign({}, user, changes))
  }

  /** False when there is no such user. */
  async remove(id: number): Promise<boolean> {
    return this.#users.delete(id)
  }

  #all(): readonly User[] {
    return [...this.#users.values()]
  }

  #keep(user: User): User {
    this.#users.set(user.id, user)
    return user
  }

  #isTaken(email: string | undefined, owner?: number): boolean {
    return this.#all().some((each) => each.email === email && each.id !== owner)
  }
}

function fits(user: User, { role, is_active, search }: Omit<UserQuery, 'offset' | 'limit'>): boolean {
  if (role !== undefined && user.role !== role) return false
  if (is_active !== undefined && user.is_active !== is_active) return false
  const texts = [user.email, user.username, user.full_name ?? '']
  return search === undefined || texts.some((text) => text.toLowerCase().includes(search.toLowerCase()))
}

/** The one store of the app. It begins with an admin, and with those whom `USERS_SEED` names. */
export const users = provider(
  async ({ log, time }) => {
    const store = new UserStore()
    const created_at = time.now().toISOString()
    const password = process.env.USERS_ADMIN_PASSWORD || randomBytes(12).toString('base64url')
    const admin = {
      email: 'admin@example.com',
      username: 'admin',
      full_name: null,
      role: 'admin',
      is_active: true,
    } as const
    await store.add({ ...admin, created_at, password_hash: await hashPassword(password) })
    if (!process.env.USERS_ADMIN_PASSWORD) {
      log.warn(`USERS_ADMIN_PASSWORD is not set: until the app stops, ${admin.email} logs in with ${password}`)
    }
    for (const user of await seededUsers(process.env.USERS_SEED)) await store.add({ ...user, created_at })
    return store
  },
  { scope: 'app' },
)
