import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secretsOf } from './secrets.ts'

test('hides a value in every form that it is sent in', () => {
  const { mask } = secretsOf(['pa ss"wö<rd'])
  const forms = ['pa ss"wö<rd', 'pa ss\\"wö<rd', 'pa%20ss%22w%C3%B6%3Crd', 'pa+ss%22w%C3%B6%3Crd', 'cGEgc3Mid8O2PHJk']
  for (const form of forms) assert.equal(mask(`x ${form} y`), 'x *** y')
})

test('leaves short values alone, since they stand everywhere', () => {
  assert.equal(secretsOf(['abc', '']).mask('abcdef'), 'abcdef')
})

test('hides what is said to be secret later, and a secret that holds another as a whole', () => {
  const secrets = secretsOf(['abcd'])
  secrets.hide('abcdefgh')
  assert.equal(secrets.cover('abcdefgh abcd'), '*** ***')
})

test('hides what stands under telling names in JSON, forms and queries, and nothing else', () => {
  const { mask } = secretsOf()
  assert.equal(
    mask('{"password": "a\\"b", "user": "u", "token_type": "bearer"}'),
    '{"password": "***", "user": "u", "token_type": "bearer"}',
  )
  assert.equal(mask('user=u&client_secret=s&x=1'), 'user=u&client_secret=***&x=1')
  assert.equal(mask('http://h/p?access_token=t#f'), 'http://h/p?access_token=***')
})

test('hides in values of any depth', () => {
  const { maskValue } = secretsOf(['hidden'])
  assert.deepEqual(maskValue({ a: ['hidden', 1, null], apiKey: 'k', secret: '', b: { Token: 't' } }), {
    a: ['***', 1, null],
    apiKey: '***',
    secret: '',
    b: { Token: '***' },
  })
})

test('values of any kind are shown, also those that JSON does not take', () => {
  const round: Record<string, unknown> = { password: 'hunter22', when: new Date(0), pattern: /x/ }
  round.self = round
  const { maskValue } = secretsOf(['secret-word'])
  assert.deepEqual(maskValue({ round, map: new Map([['k', 'secret-word']]) }), {
    round: { password: '***', when: '1970-01-01T00:00:00.000Z', pattern: /x/, self: '[circular]' },
    map: "Map(1) { 'k' => '***' }",
  })
  const bad = Object.defineProperty({}, 'a', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  assert.equal(maskValue(bad), '[cannot be shown: no]')
})
