import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { testExample } from '../../test/examples/tested-example.ts'

const one = '[{"id":1,"name":"Ada Lovelace"},{"id":2,"name":"Alan Turing"}]'
const two = '[{"id":1,"first_name":"Ada","last_name":"Lovelace"},{"id":2,"first_name":"Alan","last_name":"Turing"}]'

suite('a version', () => {
  for (const [path, headers, body] of [
    ['/api/v1/users', {}, one],
    ['/api/v2/users', {}, two],
    ['/users', {}, one],
    ['/users', { 'X-API-Version': '1' }, one],
    ['/users', { 'X-API-Version': '2' }, two],
    ['/users?version=1', {}, one],
    ['/users?version=2', {}, two],
    ['/users', { Accept: 'application/json; version=1' }, one],
    ['/users', { Accept: 'application/json; version=2' }, two],
    ['/users', { Accept: '*/*' }, one],
  ] as const) {
    test(`is named by GET ${path} ${JSON.stringify(headers)}`, async () => {
      await using users = await testExample('versions')
      const reply = await users.get(path, { headers })
      assert.equal(reply.status, 200)
      assert.equal(await reply.text(), body)
    })
  }
  test('shows in the media type of the reply, where it was asked for so', async () => {
    await using users = await testExample('versions')
    const reply = await users.get('/users', { headers: { Accept: 'application/json; version=2' } })
    assert.equal(reply.headers.get('Content-Type'), 'application/json; version=2')
  })
  for (const [path, headers, status] of [
    ['/api/v3/users', {}, 404],
    ['/users', { 'X-API-Version': '3' }, 400],
    ['/users?version=3', {}, 400],
    ['/users', { Accept: 'application/json; version=3' }, 406],
  ] as const) {
    test(`that there is none of is refused with ${status}: GET ${path} ${JSON.stringify(headers)}`, async () => {
      await using users = await testExample('versions')
      const reply = await users.get(path, { headers })
      assert.equal(reply.status, status)
      if (status === 400) assert.match(await reply.text(), /Unsupported API version: 3/)
    })
  }
  test('that is about to go says so in each reply', async () => {
    await using users = await testExample('versions')
    const old = await users.get('/api/v1/users')
    assert.deepEqual(
      ['Deprecation', 'Sunset', 'Link'].map((name) => old.headers.get(name)),
      ['@1767225600', 'Fri, 01 Jan 2027 00:00:00 GMT', '</api/v2/users>; rel="successor-version"'],
    )
    assert.equal((await users.get('/api/v2/users')).headers.get('Deprecation'), null)
  })
  test('keeps caches apart', async () => {
    await using users = await testExample('versions')
    const vary = (await users.get('/users')).headers.get('Vary') ?? ''
    assert.deepEqual(vary.split(', ').sort(), ['Accept', 'X-API-Version'])
  })
})
