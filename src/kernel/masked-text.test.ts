import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { maskedText } from './masked-text.ts'

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl'

suite('a masked text', () => {
  const masked: Readonly<Record<string, readonly [string, string]>> = {
    'a password in an address': ['at postgres://app:hunter2@db:5432/x', 'at postgres://app:***@db:5432/x'],
    'a key in a query': ['GET /x?api_key=k123&page=2', 'GET /x?api_key=***&page=2'],
    'a second parameter': ['/x?page=2&access_token=a.b-c', '/x?page=2&access_token=***'],
    'an assignment': ['connect with password=hunter2, user=hr', 'connect with password=***, user=hr'],
    'a bearer token': ['Authorization: Bearer abc123.def', 'Authorization: Bearer ***'],
    'basic credentials': ['sent Basic aHI6aHVudGVyMg==', 'sent Basic ***'],
    'a web token by itself': [`got ${token} back`, 'got *** back'],
    'a private key': ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n', '***\n'],
    'a member of JSON': [
      'input {"user":"hr","password":"hun\\"ter2","n":1}',
      'input {"user":"hr","password":"***","n":1}',
    ],
    'a header of JSON': ['{ "authorization" : "Digest x" }', '{ "authorization" : "***" }'],
  }
  for (const [title, [text, expected]] of Object.entries(masked)) {
    test(`is without ${title}`, () => {
      assert.equal(maskedText(text), expected)
      assert.equal(maskedText(expected), expected)
    })
  }

  const kept = [
    'Bearer authentication is needed, or Basic authentication',
    'see https://example.com/a?page=2&sort=name and mail ada@example.com',
    'http://example.com:8080/@ada',
    'a=b, tokens = 5',
    '{"name":"Ada","token_type":"bearer"}',
    'Basic realm="x"',
  ]
  for (const text of kept) test(`keeps ${text}`, () => assert.equal(maskedText(text), text))

  test('takes no longer than its length allows', () => {
    // Each of these would take minutes if an expression looked back.
    for (const piece of ['"', '\\"', '://a', 'eyJ', 'a=', 'Basic ', '"a":"', '-----BEGIN PRIVATE KEY-----']) {
      assert.equal(typeof maskedText(piece.repeat(5_000)), 'string')
    }
  })
})
