import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cookieJar } from './jar.ts'

const site = 'https://shop.example.com/cart/items'

suite('a cookie jar', () => {
  const cases: readonly [what: string, cookie: string, from: string, to: string, sent: string][] = [
    ['sends a cookie back', 'a=1', site, site, 'a=1'],
    ['keeps one without domain to its host', 'a=1', site, 'https://api.shop.example.com/cart/', ''],
    [
      'sends one with a domain to hosts below it',
      'a=1; Domain=example.com; Path=/',
      site,
      'https://x.example.com',
      'a=1',
    ],
    ['takes a domain with a dot in front', 'a=1; Domain=.Example.com; Path=/', site, 'https://example.com', 'a=1'],
    ['takes none for another host', 'a=1; Domain=other.com; Path=/', site, 'https://other.com', ''],
    ['takes none for a host that ends alike', 'a=1; Domain=ample.com; Path=/', site, 'https://ample.com', ''],
    ['takes none for all of com', 'a=1; Domain=com; Path=/', site, 'https://x.com', ''],
    ['takes no part of an address in numbers', 'a=1; Domain=0.0.1; Path=/', 'http://127.0.0.1', 'http://1.0.0.1', ''],
    ['keeps a cookie to the folder of its path', 'a=1', site, 'https://shop.example.com/', ''],
    ['sends it below that folder', 'a=1', site, 'https://shop.example.com/cart/x/y', 'a=1'],
    ['ends paths at a slash', 'a=1; Path=/cart', site, 'https://shop.example.com/cartoon', ''],
    ['sends by path', 'a=1; Path=/cart', site, 'https://shop.example.com/cart', 'a=1'],
    ['sends secure ones by https only', 'a=1; Path=/; Secure', site, 'http://shop.example.com/', ''],
    ['takes secure ones by https only', 'a=1; Path=/; Secure', 'http://shop.example.com/', site, ''],
    ['takes them from the own machine', 'a=1; Path=/; Secure', 'http://localhost:1', 'http://localhost:2', 'a=1'],
    ['keeps the promise of __Host-', '__Host-a=1; Path=/; Secure; Domain=example.com', site, site, ''],
    ['takes what keeps it', '__Host-a=1; Path=/; Secure', site, site, '__Host-a=1'],
    ['keeps the value as it is', 'a="x=y, z"', site, site, 'a="x=y, z"'],
    ['takes an empty value', 'a=', site, site, 'a='],
    ['leaves out what is no cookie', 'nothing', site, site, ''],
    ['drops what is over', 'a=1; Max-Age=0', site, site, ''],
    ['lets Max-Age win', 'a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', site, site, 'a=1'],
    ['reads old dates', 'a=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT', site, site, ''],
  ]
  for (const [what, cookie, from, to, sent] of cases) {
    test(what, () => {
      const jar = cookieJar()
      jar.set(from, cookie)
      assert.equal(jar.header(to), sent)
    })
  }

  test('replaces, expires by its time, and forgets', () => {
    let now = 0
    const jar = cookieJar({ time: { now: () => now } })
    jar.set(site, 'a=1; Max-Age=10')
    jar.set(site, 'a=2; Max-Age=10')
    jar.set(site, 'b=3; Path=/')
    assert.equal(jar.header(site), 'a=2; b=3')
    now = 10_000
    assert.deepEqual(jar.get(site), { b: '3' })
    assert.deepEqual(cookieJar({ cookies: jar.all() }).get(site), { b: '3' })
    jar.clear('https://elsewhere.example')
    assert.equal(jar.all().length, 1)
    jar.clear(site)
    assert.deepEqual(jar.all(), [])
  })
  test('keeps so many of a host, the latest', () => {
    const jar = cookieJar()
    for (let n = 0; n < 500; n++) jar.set(site, `c${n}=${n}`)
    assert.equal(jar.all().length, 180)
    assert.equal(jar.get(site).c499, '499')
  })
})
