import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearer, createApp, get, service } from 'trestle'
import { z } from 'zod'
import { handClock } from '../http/counting.ts'
import { type AnsweringServer, answering } from './answering.ts'

const whoami = service({
  name: 'whoami',
  output: z.object({ username: z.string(), scopes: z.array(z.string()) }),
  on: get('/whoami', { security: 'partners' }),
  handle: ({ caller }) => ({ username: caller.username ?? '', scopes: [...caller.scopes] }),
})
const now = handClock().now().getTime() / 1000

function served(server: AnsweringServer, keepFor?: number) {
  const clock = handClock()
  const partners = bearer({
    introspection: {
      ...{ address: server.address, clientId: 'the app', clientSecret: 'a:b c' },
      ...(keepFor !== undefined && { keepFor }),
    },
  })
  const app = createApp({ log: 'silent', services: [whoami], security: { partners }, clock })
  const send = (token: string): Promise<Response> =>
    app.fetch(new Request('http://x/whoami', { headers: { Authorization: `Bearer ${token}` } }))
  const refusal = async (token: string): Promise<readonly unknown[]> => {
    const reply = await send(token)
    const { code, detail } = (await reply.json()) as { code?: string; detail?: string }
    return [reply.status, code, detail]
  }
  return { clock, send, refusal, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

test('a token is good when the other side says so, and is asked about once', async () => {
  await using server = await answering({ active: true, sub: '7', username: 'ada', scope: 'read write', exp: now + 40 })
  await using api = served(server)
  const replies = await Promise.all(Array.from({ length: 20 }, () => api.send('opaque/token+=')))
  assert.ok(replies.every(({ status }) => status === 200))
  assert.deepEqual(await replies[0]?.json(), { username: 'ada', scopes: ['read', 'write'] })
  assert.deepEqual(server.questions, ['token=opaque%2Ftoken%2B%3D&token_type_hint=access_token'])
  assert.equal(server.headers().authorization, `Basic ${btoa('the+app:a%3Ab+c')}`)
  assert.equal(server.headers()['content-type'], 'application/x-www-form-urlencoded')
  api.clock.pass(39)
  await api.send('opaque/token+=')
  assert.equal(server.questions.length, 1)
  // Never beyond the end of the token, whatever the other side goes on to say.
  api.clock.pass(1)
  assert.deepEqual(await api.refusal('opaque/token+='), [401, 'invalid_token', 'The token has expired'])
  assert.equal(server.questions.length, 2)
})

test('an answer counts for a while', async () => {
  await using server = await answering({ active: true, client_id: 'shop' })
  await using api = served(server, 10)
  assert.deepEqual(await (await api.send('a-token')).json(), { username: 'shop', scopes: [] })
  server.answer = { body: '{"active":false}' }
  api.clock.pass(9)
  assert.equal((await api.send('a-token')).status, 200)
  api.clock.pass(1)
  assert.deepEqual(await api.refusal('a-token'), [401, 'invalid_token', 'The token is not active'])
  assert.deepEqual(await api.refusal('a-token'), [401, 'invalid_token', 'The token is not active'])
  assert.equal(server.questions.length, 2)
  server.answer = { body: JSON.stringify({ active: true, nbf: now + 100 }) }
  assert.deepEqual(await api.refusal('another'), [401, 'invalid_token', 'The token is not valid yet'])
})

test('whatever is no answer leaves it open whether a token is good', async () => {
  await using server = await answering({})
  await using api = served(server)
  const wrong = [
    { body: '{"active":"true"}' },
    { body: '[]' },
    { body: 'no JSON' },
    { status: 401, body: '{"active":true}' },
    { status: 307, body: '{"active":true}', headers: { Location: server.address } },
  ]
  for (const answer of wrong) {
    server.answer = answer
    assert.deepEqual(await api.refusal('a-token'), [503, 'unavailable', 'Tokens cannot be checked at the moment'])
  }
  server.answer = { body: '{"active":true,"sub":"ada"}' }
  assert.equal((await api.send('a-token')).status, 200)
  assert.equal(server.questions.length, wrong.length + 1)
})

test('of a token that nobody takes it is said that it cannot be checked, where one could not tell', async () => {
  await using server = await answering({})
  server.answer = { status: 500, body: '' }
  const asked = { introspection: { address: server.address, clientId: 'app', clientSecret: 'secret' } }
  const jwt = { algorithms: ['HS256' as const], key: 'x'.repeat(32) }
  await using app = createApp({ log: 'silent', services: [whoami], security: { partners: bearer({ ...asked, jwt }) } })
  const headers = { Authorization: 'Bearer opaque' }
  assert.equal((await app.fetch(new Request('http://x/whoami', { headers }))).status, 503)
  server.answer = { body: '{"active":true,"sub":"ada"}' }
  assert.equal((await app.fetch(new Request('http://x/whoami', { headers }))).status, 200)
})

test('settings that cannot hold keep the app from starting', () => {
  const start = (address: string, keepFor: number) => () =>
    createApp({
      log: 'silent',
      services: [whoami],
      security: { partners: bearer({ introspection: { address, clientId: 'app', clientSecret: 'secret', keepFor } }) },
    })
  assert.throws(start('http://id.example.com/introspect', 1), /security\.partners\.introspection\.address is not safe/)
  assert.throws(start('https://id.example.com/introspect', -1), /security\.partners\.introspection\.keepFor is -1/)
})
