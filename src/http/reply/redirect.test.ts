import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import { redirect } from './redirect.ts'

suite('a redirect', () => {
  test('has the client go on with GET unless it says otherwise', () => {
    assert.equal(redirect('/new').status, 303)
    assert.equal(redirect('/new', { status: 308 }).status, 308)
  })
  for (const [to, location] of [
    ['/cars/1?a=b#c', '/cars/1?a=b#c'],
    ['../cars', '../cars'],
    ['?page=2', '?page=2'],
    ['https://example.com/ä?q=€', 'https://example.com/%C3%A4?q=%E2%82%AC'],
    ['/a%20b', '/a%20b'],
  ] as const) {
    test(`goes to ${to}`, () => assert.equal(redirect(to).headers.Location, location))
  }
  test('takes a URL', () => {
    assert.equal(redirect(new URL('https://example.com/a b')).headers.Location, 'https://example.com/a%20b')
  })
  for (const to of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'mailto:a@b',
    '/a\r\nSet-Cookie: a=b',
    '/a b',
    ' /a',
    '/\\evil.example',
    '\thttps://evil.example',
    '/a\0',
    '/\ud800',
    'http://[',
    'https://',
  ]) {
    test(`never goes to ${JSON.stringify(to)}`, () => {
      assert.throws(() => redirect(to), TypeError)
      assert.throws(
        () => redirect(to, { allow: [] }),
        (error) => isProblem(error) && error.code === 'bad_request',
      )
    })
  }
})

suite('a redirect to where a client wants to go', () => {
  const allow = ['https://app.example.com']
  for (const to of [
    '/',
    '/a',
    'a/b',
    '?a',
    '#a',
    '',
    './a:b',
    'https://app.example.com',
    'https://app.example.com/x',
    'https://app.example.com:443/x',
    'HTTPS://APP.EXAMPLE.COM/x',
  ]) {
    test(`may go to ${JSON.stringify(to)}`, () => assert.equal(redirect(to, { allow }).headers.Location, to))
  }
  for (const to of [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'http:evil.example',
    'https:evil.example',
    'https://evil.example',
    'http://app.example.com',
    'https://app.example.com.evil.example',
    'https://app.example.com@evil.example',
    'https://app.example.com:8443/',
    'https:///evil.example',
    '/%0d%0a//evil.example/..//\tx',
  ]) {
    test(`may not go to ${JSON.stringify(to)}`, () => {
      assert.throws(
        () => redirect(to, { allow }),
        (error) => isProblem(error) && error.code === 'bad_request',
      )
    })
  }
})
