import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { z } from 'zod'
import { apiKey, basic, bearer, createApp, get, role, service } from '../../../src/index.ts'
import { findUser } from '../data.ts'
import { User } from '../models.ts'
import { announce } from './announce.ts'

// One service behind different gates; what each gate costs is the difference to the open channel.

const secret = 'a secret of the bench that has more than 32 bytes'
const plenty = '1000000/second'

const getUser = service({
  name: 'users.get',
  input: z.object({ id: z.int() }),
  output: User,
  on: [
    get('/open/{id}'),
    get('/password/{id}', { security: 'people' }),
    get('/key/{id}', { security: 'shop' }),
    get('/token/{id}', { security: 'tokens' }),
    get('/role/{id}', { security: 'tokens', allow: role('seller') }),
    get('/limit/{id}', { limit: plenty }),
    get('/all/{id}', { security: 'tokens', allow: role('seller'), limit: { rate: plenty, by: 'caller' } }),
  ],
  handle: ({ input }) => findUser(input.id),
})

const folder = process.argv[2] === 'shared' ? mkdtempSync(join(tmpdir(), 'trestle-bench-')) : undefined
const app = createApp({
  title: 'Bench',
  services: [getUser],
  log: 'silent',
  ...(folder !== undefined && { data: folder }),
  security: {
    people: basic({ username: 'ada', password: 'correct horse battery staple' }),
    shop: apiKey({ key: 'k7Jc0dK3xQvB2mZsT9yLwR4uHn8pFa1e' }),
    tokens: bearer({ jwt: { algorithms: ['HS256'], key: secret, issuer: 'bench', audience: 'bench' } }),
  },
})
process.on('exit', () => folder !== undefined && rmSync(folder, { recursive: true, force: true }))

const token = await new SignJWT({ roles: ['seller'] })
  .setProtectedHeader({ alg: 'HS256' })
  .setIssuer('bench')
  .setAudience('bench')
  .setSubject('ada')
  .setExpirationTime('1h')
  .sign(new TextEncoder().encode(secret))
process.on('message', (message) => message === 'token' && process.send?.({ token }))
const { port } = await app.listen({ port: 0, host: '127.0.0.1' })
announce(port)
