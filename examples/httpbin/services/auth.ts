import { get, service, unauthorized } from 'trestle'
import { z } from 'zod'
import { request } from '../request.ts'

const credentials = service.with({ use: { request }, tags: ['Credentials'], throws: ['unauthorized'] })
const authenticated = z.literal(true)

export const basicAuth = credentials({
  summary: 'Let one user in, by name and password',
  input: z.object({ user: z.string(), password: z.string() }),
  output: z.object({ authenticated, user: z.string() }),
  on: get('/basic-auth/{user}/{password}'),
  handle: ({ input: { user, password }, request }) => {
    const [, sent = ''] = /^basic +(\S+)$/i.exec(request.headers.Authorization ?? '') ?? []
    if (Buffer.from(sent, 'base64').toString() !== `${user}:${password}`) challenge('Basic realm="Fake Realm"')
    return { authenticated: true, user }
  },
})

export const bearer = credentials({
  summary: 'Let everyone in who has a token',
  output: z.object({ authenticated, token: z.string() }),
  on: get('/bearer'),
  handle: ({ request }) => {
    const [, token = challenge('Bearer')] = /^bearer +(\S+)$/i.exec(request.headers.Authorization ?? '') ?? []
    return { authenticated: true, token }
  },
})

function challenge(scheme: string): never {
  return unauthorized(undefined, { headers: { 'WWW-Authenticate': scheme } })
}
