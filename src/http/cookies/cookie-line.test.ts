import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { CookieOptions } from '../../kernel/cookie-options.ts'
import { readCookies } from '../input/cookie-text.ts'
import { cookieLine } from './cookie-line.ts'

suite('a cookie', () => {
  test('is for HTTPS, hidden from scripts, not sent by other sites, and for all paths', () => {
    assert.equal(cookieLine('a', 'b'), 'a=b; Path=/; Secure; HttpOnly; SameSite=Lax')
  })
  test('says all that it is told to', () => {
    const options: CookieOptions = {
      maxAge: 60,
      expires: new Date('2026-01-31T12:00:00Z'),
      domain: 'example.com',
      path: '/shop',
      sameSite: 'none',
      partitioned: true,
    }
    assert.equal(
      cookieLine('a', 'b', options),
      'a=b; Max-Age=60; Expires=Sat, 31 Jan 2026 12:00:00 GMT; Domain=example.com; Path=/shop; Secure; HttpOnly; SameSite=None; Partitioned',
    )
    assert.equal(
      cookieLine('a', 'b', { secure: false, httpOnly: false, sameSite: 'strict' }),
      'a=b; Path=/; SameSite=Strict',
    )
  })
  for (const value of [
    '',
    'plain',
    'a b',
    'ü€😀',
    '"quoted"',
    'a;b,c',
    '100%',
    '%41',
    'a=b=c',
    '\0\r\n\t',
    '{"a":[1]}',
  ]) {
    test(`comes back as it was set: ${JSON.stringify(value)}`, () => {
      const [pair = ''] = cookieLine('a', value).split(';')
      assert.match(pair, /^a=[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/)
      assert.equal(readCookies(pair).a, value)
    })
  }
})

const refused: readonly (readonly [name: string, value: string, options: CookieOptions, why: RegExp])[] = [
  ['', 'b', {}, /no.*token|not a token/],
  ['a b', 'b', {}, /not a token/],
  ['a=b', 'b', {}, /not a token/],
  ['a;b', 'b', {}, /not a token/],
  ['ü', 'b', {}, /not a token/],
  ['a\r\nb', 'b', {}, /not a token/],
  ['a', '\ud800', {}, /half a character/],
  ['a', 'x'.repeat(4096), {}, /over 4096 bytes/],
  ['a', 'ü'.repeat(700), {}, /over 4096 bytes/],
  ['a', 'b', { path: 'shop' }, /path/],
  ['a', 'b', { path: '/a;Domain=evil' }, /path/],
  ['a', 'b', { path: '/a\r\n' }, /path/],
  ['a', 'b', { path: `/${'a'.repeat(1024)}` }, /path/],
  ['a', 'b', { domain: '' }, /domain/],
  ['a', 'b', { domain: '.example.com' }, /domain/],
  ['a', 'b', { domain: 'a b' }, /domain/],
  ['a', 'b', { domain: 'example.com; Secure' }, /domain/],
  ['a', 'b', { domain: '-a.com' }, /domain/],
  ['a', 'b', { maxAge: 1.5 }, /maxAge/],
  ['a', 'b', { maxAge: Number.NaN }, /maxAge/],
  ['a', 'b', { expires: new Date(Number.NaN) }, /expires/],
  ['a', 'b', { sameSite: 'none', secure: false }, /SameSite=None/],
  ['a', 'b', { partitioned: true, secure: false }, /partitioned/],
  ['__Secure-a', 'b', { secure: false }, /secure/],
  ['__Host-a', 'b', { secure: false }, /secure/],
  ['__host-a', 'b', { path: '/shop' }, /path/],
  ['__Host-a', 'b', { domain: 'example.com' }, /no domain/],
  ['__Http-a', 'b', { httpOnly: false }, /hidden from scripts/],
  ['__Host-Http-a', 'b', { httpOnly: false }, /hidden from scripts/],
]

suite('a cookie that clients would drop', () => {
  for (const [name, value, options, why] of refused) {
    test(`is refused: ${JSON.stringify([name.slice(0, 20), value.slice(0, 20), options]).slice(0, 100)}`, () => {
      assert.throws(
        () => cookieLine(name, value, options),
        (error: unknown) => error instanceof TypeError && why.test(error.message),
      )
    })
  }
  test('is not one of 4096 bytes', () => {
    assert.ok(cookieLine('a', 'x'.repeat(4095)).startsWith('a=xxx'))
  })
})
