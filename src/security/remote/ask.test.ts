import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answering } from '../../../test/security/answering.ts'
import { asker } from './ask.ts'

test('the connection goes to the address that was checked, whatever the name leads to', async () => {
  await using server = await answering({ keys: [] })
  let checked = 0
  const ask = asker(async () => {
    checked += 1
    return ['127.0.0.1']
  })
  const address = new URL(server.address.replace('127.0.0.1', 'id.example.invalid'))
  assert.deepEqual(await ask({ address, method: 'GET', headers: {} }), { keys: [] })
  assert.equal(checked, 1)
  assert.equal(server.headers().host, address.host)
})

test('a name that nobody resolves costs no more time than an answer may', async () => {
  const ask = asker(() => new Promise(() => {}), { time: 20, size: 100 })
  const question = { address: new URL('https://id.example.invalid/'), method: 'GET', headers: {} } as const
  await assert.rejects(ask(question), { name: 'TimeoutError' })
})

test('an answer that begins and never ends is given up', async () => {
  await using server = await answering({})
  server.answer = { body: '{}', headers: { 'Content-Length': '100' } }
  const ask = asker(async () => ['127.0.0.1'], { time: 100, size: 100 })
  await assert.rejects(ask({ address: new URL(server.address), method: 'POST', headers: {}, body: 'a=b' }))
  assert.deepEqual(server.questions, ['a=b'])
})
