import { z } from 'zod'

const Email = z
  .string()
  .max(254)
  .regex(/^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$/, 'Invalid email format')
  .toLowerCase()
  .meta({ examples: ['user@example.com'] })

const Username = z
  .string()
  .min(3)
  .max(50)
  .regex(/^[a-zA-Z0-9_]+$/, 'Username can only contain letters, numbers, and underscores')
  .meta({ examples: ['ada'] })

const Password = z
  .string()
  .min(8)
  .max(1024)
  .regex(/[A-Z]/, 'Password must contain at least one uppercase letter')
  .regex(/[a-z]/, 'Password must contain at least one lowercase letter')
  .regex(/\d/, 'Password must contain at least one digit')
  .meta({ format: 'password', examples: ['SecurePass123'] })

const FullName = z.string().max(200).nullable()

/** What somebody is. */
export const Role = z.enum(['admin', 'user', 'moderator'])

/** What users say of themselves. Nobody says here what they are. */
export const UserBase = z.object({ email: Email, username: Username, full_name: FullName.default(null) })

/** What somebody sends to sign up. */
export const UserCreate = UserBase.extend({ password: Password })

/** What may be changed of a user; the last two by an admin alone. */
export const UserUpdate = z.object({
  email: Email.optional(),
  username: Username.optional(),
  full_name: FullName.optional(),
  role: Role.optional().meta({ description: 'An admin alone may set it' }),
  is_active: z.boolean().optional().meta({ description: 'An admin alone may set it' }),
})

/** What everybody with a token may read of a user. */
export const UserResponse = z
  .object({
    email: z.string(),
    username: z.string(),
    full_name: z.string().nullable(),
    id: z.int(),
    created_at: z.iso.datetime(),
    is_active: z.boolean(),
  })
  .meta({ id: 'User' })

/** The same in version 2: with the role, and `name` for `full_name`. */
export const UserResponseV2 = UserResponse.omit({ full_name: true })
  .extend({ name: z.string().nullable(), role: Role })
  .meta({ id: 'UserV2' })

/** The user that a path names. */
export const UserId = z.object({ user_id: z.int().meta({ examples: [1] }) })

/** Something that a user has ordered. */
export const Order = z
  .object({
    id: z.int(),
    user_id: z.int(),
    item: z.string(),
    quantity: z.int().positive(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Order' })
