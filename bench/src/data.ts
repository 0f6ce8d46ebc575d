/** A row as a database would return it: two columns more than the API declares. */
export interface StoredRow {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly department: string
  readonly active: boolean
  readonly password_hash: string
  readonly internal_note: string
}

/** A row as the API declares it. */
export type CleanRow = Omit<StoredRow, 'password_hash' | 'internal_note'>

/** One user, as `GET /users/{id}` answers. */
export interface UserRecord {
  readonly id: number
  readonly name: string
  readonly department: string
  readonly active: boolean
}

/** One line of an order. */
export interface OrderLine {
  readonly quantity: number
  readonly price: number
}

const departments = ['HR', 'Sales', 'Support', 'Research', 'Legal'] as const

/** The 50 rows; `servers/common.py` builds the same ones, and the check before the bench compares them. */
export const storedRows: StoredRow[] = Array.from({ length: 50 }, (_, index) => ({
  id: index + 1,
  name: `Employee ${index + 1}`,
  email: `employee.${index + 1}@example.com`,
  department: departments[index % departments.length] ?? '',
  active: index % 3 !== 0,
  password_hash: `argon2id-${String(index).padStart(40, '0')}`,
  internal_note: 'Not for the eyes of a client',
}))

/** The same rows without what a client must not see. */
export const cleanRows: readonly CleanRow[] = storedRows.map(({ id, name, email, department, active }) => ({
  id,
  name,
  email,
  department,
  active,
}))

/** The user with this id. */
export function findUser(id: number): UserRecord {
  return { id, name: 'John Doe', department: 'HR', active: true }
}

/** What an order costs. */
export function totalOf(lines: readonly OrderLine[]): number {
  let total = 0
  for (const line of lines) total += line.quantity * line.price
  return total
}
