import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { serveExample } from '../../test/examples/served-example.ts'
import { ask, headerOf, jsonOf } from '../../test/http/raw-connection.ts'

const one = '[{"id":1,"name":"Ada Lovelace"},{"id":2,"name":"Alan Turing"}]'
const two = '[{"id":1,"first_name":"Ada","last_name":"Lovelace"},{"id":2,"first_name":"Alan","last_name":"Turing"}]'

suite('a version', () => {
  for (const [line, headers, body] of [
    ['GET /api/v1/users', {}, one],
    ['GET /api/v2/users', {}, two],
    ['GET /users', {}, one],
    ['GET /users', { 'X-API-Version': '1' }, one],
    ['GET /users', { 'X-API-Version': '2' }, two],
    ['GET /users?version=1', {}, one],
    ['GET /users?version=2', {}, two],
    ['GET /users', { Accept: 'application/json; version=1' }, one],
    ['GET /users', { Accept: 'application/json; version=2' }, two],
    ['GET /users', { Accept: '*/*' }, one],
  ] as const) {
    test(`is named by ${line} ${JSON.stringify(headers)}`, async () => {
      await using users = await serveExample('versions')
      const reply = await ask(users.port, line, headers)
      assert.equal(reply.status, 200)
      assert.equal(reply.body.toString(), body)
    })
  }
  test('shows in the media type of the reply, where it was asked for so', async () => {
    await using users = await serveExample('versions')
    const reply = await ask(users.port, 'GET /users', { Accept: 'application/json; version=2' })
    assert.equal(headerOf(reply, 'Content-Type'), 'application/json; version=2')
  })
  for (const [line, headers, status] of [
    ['GET /api/v3/users', {}, 404],
    ['GET /users', { 'X-API-Version': '3' }, 400],
    ['GET /users?version=3', {}, 400],
    ['GET /users', { Accept: 'application/json; version=3' }, 406],
  ] as const) {
    test(`that there is none of is refused with ${status}: ${line} ${JSON.stringify(headers)}`, async () => {
      await using users = await serveExample('versions')
      const reply = await ask(users.port, line, headers)
      assert.equal(reply.status, status)
      if (status === 400) assert.match(String(jsonOf(reply).detail), /Unsupported API version: 3/)
    })
  }
  test('that is about to go says so in each reply', async () => {
    await using users = await serveExample('versions')
    const old = await ask(users.port, 'GET /api/v1/users')
    assert.deepEqual(
      ['Deprecation', 'Sunset', 'Link'].map((name) => headerOf(old, name)),
      ['@1767225600', 'Fri, 01 Jan 2027 00:00:00 GMT', '</api/v2/users>; rel="successor-version"'],
    )
    assert.equal(headerOf(await ask(users.port, 'GET /api/v2/users'), 'Deprecation'), undefined)
  })
  test('keeps caches apart', async () => {
    await using users = await serveExample('versions')
    const vary = headerOf(await ask(users.port, 'GET /users'), 'Vary') ?? ''
    assert.deepEqual(vary.split(', ').sort(), ['Accept', 'X-API-Version'])
  })
})
