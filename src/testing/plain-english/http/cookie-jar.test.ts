import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readCookie } from './cookie.ts'
import { type CookieJar, cookieJar } from './cookie-jar.ts'

const now = new Date('2026-01-02T03:04:05Z')

function jarWith(url: string, ...lines: readonly string[]): CookieJar {
  const jar = cookieJar()
  const headers = new Headers(lines.map((line): [string, string] => ['Set-Cookie', line]))
  jar.take(headers, new URL(url), now)
  return jar
}

function sentTo(jar: CookieJar, url: string, at: Date = now): string {
  return jar
    .cookiesFor(new URL(url), at)
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
}

suite('a cookie is sent', () => {
  test('to the host that set it, and no other', () => {
    const jar = jarWith('https://api.example.com/', 'a=1')
    assert.equal(sentTo(jar, 'https://api.example.com/x'), 'a=1')
    assert.equal(sentTo(jar, 'https://example.com/'), '')
    assert.equal(sentTo(jar, 'https://deep.api.example.com/'), '')
  })
  test('to all hosts of its domain', () => {
    const jar = jarWith('https://api.example.com/', 'a=1; Domain=.example.com')
    assert.equal(sentTo(jar, 'https://www.example.com/'), 'a=1')
    assert.equal(sentTo(jar, 'https://badexample.com/'), '')
  })
  test('below its path, that of the request if it has none', () => {
    const jar = jarWith('https://a.example/docs/page', 'a=1', 'b=2; Path=/', 'c=3; Path=nonsense')
    assert.equal(sentTo(jar, 'https://a.example/docs'), 'a=1; c=3; b=2')
    assert.equal(sentTo(jar, 'https://a.example/docs/x/y'), 'a=1; c=3; b=2')
    assert.equal(sentTo(jar, 'https://a.example/docsx'), 'b=2')
  })
  test('over TLS only when it is Secure, and on this machine', () => {
    const jar = jarWith('https://a.example/', 'a=1; Secure')
    assert.equal(sentTo(jar, 'http://a.example/'), '')
    assert.equal(sentTo(jarWith('http://localhost:1/', 'a=1; Secure'), 'http://localhost:2/'), 'a=1')
  })
  test('until it expires; Max-Age beats Expires', () => {
    const later = new Date(now.getTime() + 11_000)
    const jar = jarWith('https://a.example/', 'a=1; Max-Age=10; Expires=Fri, 01 Jan 2100 00:00:00 GMT', 'b=2')
    assert.equal(sentTo(jar, 'https://a.example/'), 'a=1; b=2')
    assert.equal(sentTo(jar, 'https://a.example/', later), 'b=2')
  })
  test('with its last value, and not once it is dropped', () => {
    const jar = jarWith('https://a.example/', 'a=1', 'a=2', 'b=3', 'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT')
    assert.equal(sentTo(jar, 'https://a.example/'), 'a=2')
  })
})

suite('a cookie is not kept', () => {
  const refused: Readonly<Record<string, readonly [url: string, line: string, reason: RegExp]>> = {
    'of another domain': ['https://a.example/', 'a=1; Domain=b.example', /domain b\.example is not that of a\.example/],
    'of a part of an IP address': ['http://10.0.0.1/', 'a=1; Domain=0.0.1', /domain 0\.0\.1/],
    'that is Secure without TLS': ['http://a.example/', 'a=1; Secure', /it is Secure, and http:\/\/a\.example is not/],
    'whose name promises Secure': ['https://a.example/', '__Secure-a=1', /asks for Secure/],
    'whose name promises one host': ['https://a.example/', '__Host-a=1; Secure; Path=/x', /Path=\//],
  }
  for (const [title, [url, line, reason]] of Object.entries(refused)) {
    test(title, () => {
      const jar = jarWith(url, line)
      assert.deepEqual(jar.all(now), [])
      assert.match(jar.refusal(line.split('=')[0] ?? '') ?? '', reason)
    })
  }
  test('that has no name', () => {
    const url = new URL('https://a.example/')
    assert.deepEqual(
      ['', '=1', 'abc', '; Path=/'].map((line) => readCookie(line, url, now)),
      [undefined, undefined, undefined, undefined],
    )
  })
})
