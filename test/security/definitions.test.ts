import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { apiKey, basic, createApp, get, post, role, service } from 'trestle'
import { z } from 'zod'

const hello = service({
  name: 'hello',
  output: z.object({ who: z.string() }),
  on: get('/hello', { security: 'clients' }),
  handle: ({ caller }) => ({ who: caller.username ?? '' }),
})
const order = service({
  name: 'order',
  input: z.object({ count: z.int() }),
  on: post('/orders', { security: 'clients', allow: role('buyer') }),
  handle: () => {},
})

function app() {
  return createApp({
    title: 'Orders',
    log: 'silent',
    services: [hello, order],
    security: {
      hr: basic({ username: 'hr', password: 'correct horse', roles: ['buyer'] }),
      shop: apiKey({ key: 'key-of-the-shop' }),
      clients: ['hr', 'shop'],
    },
  })
}

const basicOf = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

describe('security definitions', () => {
  test('let in whoever has their credentials', async () => {
    await using api = app()
    const byPassword = await api.fetch(
      new Request('http://x/hello', { headers: { authorization: basicOf('hr:correct horse') } }),
    )
    assert.deepEqual([byPassword.status, await byPassword.json()], [200, { who: 'hr' }])
    const byKey = await api.fetch(new Request('http://x/hello', { headers: { 'x-api-key': 'key-of-the-shop' } }))
    assert.deepEqual([byKey.status, await byKey.json()], [200, { who: 'shop' }])
  })

  test('refuse everybody else, with what to show instead', async () => {
    await using api = app()
    const reply = await api.fetch(new Request('http://x/hello'))
    assert.equal(reply.status, 401)
    assert.equal(
      reply.headers.get('www-authenticate'),
      'Basic realm="Orders", charset="UTF-8", ApiKey realm="Orders", in="header", name="X-API-Key"',
    )
    const wrong = await api.fetch(new Request('http://x/hello', { headers: { authorization: basicOf('hr:wrong') } }))
    assert.equal(wrong.status, 401)
    assert.equal(((await wrong.json()) as { code: string }).code, 'invalid_credentials')
  })

  test('are asked for before the body is read', async () => {
    await using api = app()
    const send = (headers: Record<string, string>) =>
      api.fetch(new Request('http://x/orders', { method: 'POST', body: '{', headers }))
    assert.equal((await send({ 'content-type': 'application/json' })).status, 401)
    assert.equal((await send({ 'content-type': 'application/json', 'x-api-key': 'key-of-the-shop' })).status, 403)
    const both = { 'x-api-key': 'key-of-the-shop', authorization: basicOf('hr:correct horse') }
    assert.equal((await send(both)).status, 400)
  })
})
