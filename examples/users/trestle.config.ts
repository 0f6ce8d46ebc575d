import { randomBytes } from 'node:crypto'
import { bearer, defineApp } from 'trestle'
import { people } from './access.ts'
import { errors } from './errors.ts'

export const app = defineApp({
  title: 'User Management API',
  version: '1.0.0',
  description: 'A production-ready user management system',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [
    { name: 'Users', description: 'Who there is' },
    { name: 'Orders', description: 'What users have ordered' },
  ],
  errors,
  // Nobody calls without a token, but where a channel says `security: false`.
  security: { user: bearer({ issued: true }) },
  defaultSecurity: 'user',
  denyByDefault: true,
  login: people,
  // Whoever logs in gets a token that counts for half an hour. It is no longer good when the app starts anew: users are in
  // memory, and their numbers are given again.
  tokens: { algorithm: 'HS256', key: process.env.USERS_TOKEN_KEY || randomBytes(32).toString('hex'), lifetime: 1800 },
  // The password of the first admin is told before anybody calls.
  onStart: ({ invoke }) => invoke('users.open-users'),
})
