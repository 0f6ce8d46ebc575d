import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TokenRefused } from '../tokens/verify-token.ts'
import { longestToken, tokenHeader } from './compact-token.ts'
import { memberNames } from './member-names.ts'

const base64url = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url')
const signature = base64url('s')
const token = (header: string, payload: string = '{"sub":"ada"}'): string =>
  `${base64url(header)}.${base64url(payload)}.${signature}`

function reason(text: string): string {
  try {
    tokenHeader(text)
  } catch (error) {
    assert.ok(error instanceof TokenRefused)
    return error.message
  }
  return 'read'
}

describe('the header of a token', () => {
  test('is read', () => {
    const read = tokenHeader(token('{"alg":"ES256","kid":"k1","typ":"at+jwt","jku":"https://evil.example"}'))
    assert.deepEqual(read, { alg: 'ES256', kid: 'k1', typ: 'at+jwt' })
  })

  const malformed = 'The token is malformed'
  const header = base64url('{"alg":"ES256"}')
  const payload = base64url('{"sub":"ada"}')
  const bad: readonly (readonly [what: string, token: string, reason: string])[] = [
    ['nothing', '', malformed],
    ['a single part', 'opaque-token', malformed],
    ['two parts', `${header}.${payload}`, malformed],
    ['four parts', `${header}.${payload}.${signature}.x`, malformed],
    ['an encrypted one', 'a.b.c.d.e', 'The token is encrypted, which is not taken here'],
    ['no signature', `${header}.${payload}.`, 'The token is not signed'],
    ['padding', `${header}.${payload}.cw==`, malformed],
    ['a space in it', `${header}.${payload} .${signature}`, malformed],
    ['a line end', `${header}.${payload}.${signature}\n`, malformed],
    ['plain base64', `${header}.${payload}.a+b/`, malformed],
    ['bits behind the end', `${header}.${payload}.cx`, malformed],
    ['a lone last character', `${header}.${payload}.czczc`, malformed],
    ['an empty header', `.${payload}.${signature}`, malformed],
    ['an empty payload', `${header}..${signature}`, malformed],
    ['a header that is a list', token('["ES256"]'), malformed],
    ['a header that is null', token('null'), malformed],
    ['a header that is no JSON', token('{alg:"ES256"}'), malformed],
    ['a payload that is no object', token('{"alg":"ES256"}', '"ada"'), malformed],
    ['a header that is no UTF-8', `${base64url(Uint8Array.of(0xff, 0xfe))}.${payload}.${signature}`, malformed],
    ['a byte order mark', token('\ufeff{"alg":"ES256"}'), malformed],
    ['no algorithm', token('{"typ":"JWT"}'), malformed],
    ['an algorithm that is no text', token('{"alg":["ES256"]}'), malformed],
    ['a kid that is no text', token('{"alg":"ES256","kid":7}'), malformed],
    ['two algorithms', token('{"alg":"none","alg":"ES256"}'), malformed],
    ['two algorithms, one in disguise', token('{"alg":"ES256","\\u0061lg":"none"}'), malformed],
    ['two subjects', token('{"alg":"ES256"}', '{"sub":"ada","sub":"root"}'), malformed],
    [
      'an extension',
      token('{"alg":"ES256","crit":["x"],"x":1}'),
      'The token asks for something that is not known here',
    ],
    ['a bare payload', token('{"alg":"ES256","b64":false}'), 'The token asks for something that is not known here'],
    ['too many characters', `${header}.${base64url('x'.repeat(longestToken))}.${signature}`, 'The token is too long'],
  ]
  for (const [what, text, expected] of bad) test(`is refused with ${what}`, () => assert.equal(reason(text), expected))
})

test('the names of members are those of the outermost object', () => {
  assert.deepEqual(memberNames('{"a":{"b":1,"a":2},"c":["x",{"d":":"}],"e\\"":"}","\\u0061":"a"}'), [
    'a',
    'c',
    'e"',
    'a',
  ])
})
