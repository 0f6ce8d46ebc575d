import { readFile } from 'node:fs/promises'
import { hashPassword } from 'trestle'
import { z } from 'zod'
import { Role, UserCreate } from './models.ts'
import type { NewUser } from './users.ts'

const Seed = z.array(UserCreate.extend({ role: Role.default('user'), is_active: z.boolean().default(true) }))

/**
 * Reads users from a JSON file, for tests: objects as `POST /users` takes them, with `role` and `is_active` beside.
 *
 * @throws Error when it cannot be read, or holds anything else
 */
export async function seededUsers(file: string | undefined): Promise<readonly Omit<NewUser, 'created_at'>[]> {
  if (!file) return []
  const { success, data, error } = Seed.safeParse(await jsonOf(file))
  if (!success)
    throw new Error(`USERS_SEED names ${file}, which has other things than users: ${z.prettifyError(error)}`)
  // Test users have one password, as a rule: it is hashed once.
  const hashes = new Map<string, Promise<string>>()
  const hashOf = (password: string): Promise<string> => {
    const hash = hashes.get(password) ?? hashPassword(password)
    hashes.set(password, hash)
    return hash
  }
  return Promise.all(data.map(async ({ password, ...user }) => ({ ...user, password_hash: await hashOf(password) })))
}

async function jsonOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Error(`USERS_SEED names ${file}, which cannot be read: ${String(error)}`)
  }
}
