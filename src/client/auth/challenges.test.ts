import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseChallenges } from './challenges.ts'

const parsed = (header: string) => parseChallenges(header).map(({ scheme, params }) => [scheme, { ...params }])

test('challenges are told apart in one header', () => {
  assert.deepEqual(parsed('Digest realm="a, b", qop="auth,auth-int", nonce=x, Basic realm="c"'), [
    ['digest', { realm: 'a, b', qop: 'auth,auth-int', nonce: 'x' }],
    ['basic', { realm: 'c' }],
  ])
  assert.deepEqual(parsed('Negotiate, Basic'), [
    ['negotiate', {}],
    ['basic', {}],
  ])
})

test('names do not look at case, values do, and quoted ones stay as they are', () => {
  assert.deepEqual(parsed('BASIC Realm = "A \\"B\\"", charset=UTF-8'), [
    ['basic', { realm: 'A \\"B\\"', charset: 'UTF-8' }],
  ])
})

test('nothing comes of nothing, and no prototype is reached', () => {
  assert.deepEqual(parsed(''), [])
  assert.deepEqual(parsed(', ,'), [])
  assert.deepEqual(parsed('realm="no scheme"'), [])
  assert.equal(parseChallenges('Digest __proto__=1')[0]?.params.toString, undefined)
})
