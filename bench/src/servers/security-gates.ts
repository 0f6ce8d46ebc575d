import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { z } from 'zod'
import { apiKey, basic, bearer, createApp, get, login, role, service, session } from '../../../src/index.ts'
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
    get('/stored/{id}', { security: 'partners' }),
    get('/issued/{id}', { security: 'people-by-token' }),
    get('/session/{id}', { security: 'browsers' }),
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
    partners: [],
    'people-by-token': bearer({ issued: true }),
    browsers: session(),
    tokens: bearer({ jwt: { algorithms: ['HS256'], key: secret, issuer: 'bench', audience: 'bench' } }),
  },
  tokens: { key: secret },
  login: login({ verify: ({ username }) => ({ username, roles: ['seller'] }) }),
})
process.on('exit', () => folder !== undefined && rmSync(folder, { recursive: true, force: true }))

const token = await new SignJWT({ roles: ['seller'] })
  .setProtectedHeader({ alg: 'HS256' })
  .setIssuer('bench')
  .setAudience('bench')
  .setSubject('ada')
  .setExpirationTime('1h')
  .sign(new TextEncoder().encode(secret))
const { port } = await app.listen({ port: 0, host: '127.0.0.1' })
const post = (path: string, type: string, body: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { 'content-type': type }, body })
const given = { username: 'ada', password: 'any' }
const issued = await post(
  '/token',
  'application/x-www-form-urlencoded',
  `grant_type=password&${new URLSearchParams(given)}`,
)
const began = await post('/session', 'application/json', JSON.stringify(given))
const { secret: stored } = (await app.invoke('trestle.security.create-definition', {
  name: 'acme',
  kind: 'apiKey',
})) as {
  readonly secret: string
}
await app.invoke('trestle.security.add-member', { name: 'partners', definition: 'acme' })
const credentials = {
  token,
  stored,
  issued: ((await issued.json()) as { readonly access_token: string }).access_token,
  session: began.headers.getSetCookie()[0]?.split(';')[0],
}
process.on('message', (message) => message === 'credentials' && process.send?.(credentials))
announce(port)
