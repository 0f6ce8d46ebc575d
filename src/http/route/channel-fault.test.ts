import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { get, post, type RestDefaults } from '../rest-channel.ts'
import { channelFaults } from './channel-fault.ts'

suite('a channel is refused', () => {
  const faults = (options: RestDefaults): string[] => channelFaults(get('/x', options), 'svc')

  test('for its path', () => {
    assert.deepEqual(channelFaults(get('/{}'), 'svc'), [
      "the path of GET /{} (svc) has an empty parameter '{}': give it the name of a member of the input",
    ])
  })
  test('for a status that no reply can have', () => {
    for (const status of [0, 100, 199, 600, 200.5, Number.NaN]) {
      assert.deepEqual(faults({ status }), [
        `the status of GET /x (svc) is ${status}: give a whole number from 200 to 599`,
      ])
    }
  })
  test('for a body limit that is no size', () => {
    for (const bodyLimit of [-1, Number.NaN]) {
      assert.deepEqual(faults({ bodyLimit }), [`the bodyLimit of GET /x (svc) is ${bodyLimit}: give a number of bytes`])
    }
  })
  test('for headers that cannot be sent', () => {
    assert.match(
      faults({ headers: { 'X Y': '1' } }).join(),
      /^the header 'X Y' of GET \/x \(svc\) cannot be sent \(.*\): change or remove it$/,
    )
    assert.equal(faults({ headers: { 'X-A': 'a\nb', 'Content-Length': '1' } }).length, 2)
    assert.deepEqual(faults({ headers: { Connection: 'close' } }), [
      "the header 'Connection' of GET /x (svc) cannot be sent (The header Connection is the server's to set): change or remove it",
    ])
  })
  test("for a member that comes from the path and by 'in'", () => {
    assert.deepEqual(channelFaults(post('/x/{id}', { in: { id: 'query' } }), 'svc'), [
      "POST /x/{id} (svc) takes 'id' from its path and by 'in': leave it out of one",
    ])
  })
  test('for everything at once', () => {
    assert.equal(channelFaults(get('x', { status: 1, bodyLimit: -1, headers: { '': '' } }), 'svc').length, 4)
  })
})

test('a channel may declare all that a reply can have', () => {
  const options = { status: 302, bodyLimit: 0, headers: { Location: '/y', 'Set-Cookie': 'a=1', 'X-A': '' } }
  assert.deepEqual(channelFaults(get('/x/{id}', { ...options, in: { name: 'query' } }), 'svc'), [])
})
