import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { handClock } from '../../../test/http/counting.ts'
import { type AnsweringServer, answering } from '../../../test/security/answering.ts'
import { addressList } from '../../http/edge/address-list.ts'
import { silentLogger } from '../../kernel/logger.ts'
import { asker, type Patience } from '../remote/ask.ts'
import { destinations, type Resolve } from '../remote/inward.ts'
import { type FindKeys, keySet } from './key-set.ts'

const resolve: Resolve = async () => []
const key = async (kid: string): Promise<object> => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' }
}
const [first, second] = await Promise.all([key('first'), key('second')])
const header = (kid?: string): { alg: string; kid?: string } => ({ alg: 'ES256', ...(kid !== undefined && { kid }) })
const busy = { code: 'unavailable', status: 503 }

function keysOf(server: AnsweringServer, patience?: Patience): { find: FindKeys; clock: ReturnType<typeof handClock> } {
  const clock = handClock()
  const ask = asker(destinations({ addressList }, resolve), patience)
  return { find: keySet(new URL(server.address), { clock, log: silentLogger, ask }), clock }
}

test('keys are asked for once, however many tokens wait for them', async () => {
  await using server = await answering({ keys: [first, second] })
  const { find } = keysOf(server)
  assert.equal(server.questions.length, 0)
  const found = await Promise.all(Array.from({ length: 50 }, () => find(header('first'))))
  assert.ok(found.every((keys) => keys.length === 1))
  assert.equal((await find(header())).length, 2)
  assert.equal(server.questions.length, 1)
})

test('a key that is not known is asked for, but not again and again', async () => {
  await using server = await answering({ keys: [first] })
  const { find, clock } = keysOf(server)
  assert.equal((await find(header('first'))).length, 1)
  server.answer = { body: JSON.stringify({ keys: [first, second] }) }
  assert.equal((await find(header('second'))).length, 0)
  clock.pass(30)
  const found = await Promise.all(Array.from({ length: 20 }, () => find(header('second'))))
  assert.ok(found.every((keys) => keys.length === 1))
  assert.equal(server.questions.length, 2)
  for (let count = 0; count < 20; count++) assert.equal((await find(header(`made up ${count}`))).length, 0)
  assert.equal(server.questions.length, 2)
})

test('keys that were taken back are forgotten after ten minutes', async () => {
  await using server = await answering({ keys: [first] })
  const { find, clock } = keysOf(server)
  await find(header('first'))
  server.answer = { body: JSON.stringify({ keys: [second] }) }
  clock.pass(599)
  assert.equal((await find(header('first'))).length, 1)
  clock.pass(1)
  assert.equal((await find(header('first'))).length, 0)
})

test('the last keys go on counting while the other side fails', async () => {
  await using server = await answering({ keys: [first] })
  const { find, clock } = keysOf(server)
  await find(header('first'))
  server.answer = { status: 500, body: '' }
  clock.pass(3600)
  assert.equal((await find(header('first'))).length, 1)
  assert.equal((await find(header('first'))).length, 1)
  assert.equal(server.questions.length, 2)
})

test('without any keys tokens cannot be checked', async () => {
  await using server = await answering({})
  const { find, clock } = keysOf(server, { time: 200, size: 1000 })
  const wrong = [
    { body: 'no JSON' },
    { body: '{"keys":7}' },
    { body: JSON.stringify({ keys: [], more: 'x'.repeat(1000) }) },
    { status: 302, body: '', headers: { Location: server.address } },
    { status: 404, body: '{"keys":[]}' },
    undefined,
  ]
  for (const answer of wrong) {
    server.answer = answer
    await assert.rejects(find(header('first')), busy)
    await assert.rejects(find(header('first')), busy)
    clock.pass(2)
  }
  assert.equal(server.questions.length, wrong.length)
  server.answer = { body: JSON.stringify({ keys: [first] }) }
  assert.equal((await find(header('first'))).length, 1)
})

test('keys of another kind are not found for an algorithm', async () => {
  const shared = { kty: 'oct', k: Buffer.alloc(32).toString('base64url'), kid: 'shared' }
  const forEncryption = { ...first, kid: 'enc', use: 'enc' }
  await using server = await answering({ keys: [first, shared, forEncryption, { kty: 'RSA', kid: 'broken' }] })
  const { find } = keysOf(server)
  for (const alg of ['RS256', 'ES384', 'HS256', 'none', 'EdDSA'])
    assert.equal((await find({ alg, kid: 'first' })).length, 0)
  assert.equal((await find({ alg: 'HS256', kid: 'shared' })).length, 0)
  assert.equal((await find({ alg: 'ES256', kid: 'enc' })).length, 0)
  assert.equal((await find({ alg: 'RS256', kid: 'broken' })).length, 0)
})
