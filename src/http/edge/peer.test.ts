import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { addressList, isAddressEntry } from './address-list.ts'
import { type Peer, peerOf } from './peer.ts'

const trusted = addressList(['loopback', '10.0.0.0/8'])

/** The client of a request that came from 127.0.0.1 with these headers. */
function seen(headers: Readonly<Record<string, string>>, remoteAddress: string = '127.0.0.1'): Peer {
  return peerOf({ remoteAddress, ownScheme: 'http', ownHost: 'inner:8080', headers }, trusted)
}

const direct: Peer = { address: '127.0.0.1', scheme: 'http', host: 'inner:8080', prefix: '' }

suite('the client behind proxies', () => {
  const rows: readonly (readonly [what: string, headers: Record<string, string>, expected: Partial<Peer>])[] = [
    ['is the proxy when it says nothing', {}, {}],
    ['is the one it names', { 'x-forwarded-for': '1.2.3.4' }, { address: '1.2.3.4' }],
    [
      'is the last one that is not trusted',
      { 'x-forwarded-for': '6.6.6.6, 1.2.3.4, 10.0.0.1' },
      { address: '1.2.3.4' },
    ],
    ['is the first when all are trusted', { 'x-forwarded-for': '10.0.0.3, 10.0.0.1' }, { address: '10.0.0.3' }],
    ['may have a port', { 'x-forwarded-for': '1.2.3.4:567' }, { address: '1.2.3.4' }],
    ['may be of IPv6', { 'x-forwarded-for': '2001:db8::1' }, { address: '2001:db8::1' }],
    ['may be of IPv6 with a port', { 'x-forwarded-for': '[2001:db8::1]:567' }, { address: '2001:db8::1' }],
    ['may be IPv4 within IPv6', { 'x-forwarded-for': '::ffff:1.2.3.4' }, { address: '1.2.3.4' }],
    ['is not what is no address', { 'x-forwarded-for': 'evil' }, {}],
    ['stops at what is no address', { 'x-forwarded-for': '1.2.3.4, unknown, 10.0.0.1' }, { address: '10.0.0.1' }],
    [
      'has the scheme it says',
      { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' },
      { address: '1.2.3.4', scheme: 'https' },
    ],
    ['has a scheme without an address', { 'x-forwarded-proto': 'HTTPS' }, { scheme: 'https' }],
    ['has no other scheme', { 'x-forwarded-proto': 'javascript' }, {}],
    [
      'has the scheme of its own hop',
      { 'x-forwarded-for': '1.2.3.4, 10.0.0.1', 'x-forwarded-proto': 'https, http' },
      { address: '1.2.3.4', scheme: 'https' },
    ],
    ['has the host it says', { 'x-forwarded-host': 'api.example.com:444' }, { host: 'api.example.com:444' }],
    ['has no host with a path', { 'x-forwarded-host': 'evil.example/path' }, {}],
    ['has the prefix that was taken away', { 'x-forwarded-prefix': '/shop/v1/' }, { prefix: '/shop/v1' }],
    ['has no prefix of another host', { 'x-forwarded-prefix': '//evil.example' }, {}],
    ['has no prefix with a query', { 'x-forwarded-prefix': '/a?b' }, {}],
    [
      'is read from Forwarded',
      { forwarded: 'for=1.2.3.4;proto=https;host="api.example.com:444"' },
      { address: '1.2.3.4', scheme: 'https', host: 'api.example.com:444' },
    ],
    [
      'is read from Forwarded, right to left',
      { forwarded: 'for=6.6.6.6, For="[2001:db8::1]:80";Proto=HTTPS , for=10.0.0.1;proto=http' },
      { address: '2001:db8::1', scheme: 'https' },
    ],
    ['is not a name in Forwarded', { forwarded: 'for=_hidden;proto=https' }, { scheme: 'https' }],
    ['is not read from Forwarded that is malformed', { forwarded: 'for=1.2.3.4;for=5.6.7.8' }, {}],
    ['is not read from Forwarded that never ends', { forwarded: 'for="1.2.3.4' }, {}],
    [
      'is one that both kinds of header name',
      { forwarded: 'for=1.2.3.4', 'x-forwarded-for': '1.2.3.4' },
      { address: '1.2.3.4' },
    ],
    ['is not one that they do not agree on', { forwarded: 'for=6.6.6.6', 'x-forwarded-for': '1.2.3.4' }, {}],
  ]
  for (const [what, headers, expected] of rows) {
    test(what, () => assert.deepEqual(seen(headers), { ...direct, ...expected }))
  }
  test('is the other end of the connection when that is not trusted', () => {
    const headers = { 'x-forwarded-for': '1.2.3.4', forwarded: 'for=1.2.3.4', 'x-forwarded-prefix': '/a' }
    assert.deepEqual(seen(headers, '9.9.9.9'), { ...direct, address: '9.9.9.9' })
  })
  test('is trusted also when IPv4 comes within IPv6', () => {
    assert.equal(seen({ 'x-forwarded-for': '1.2.3.4' }, '::ffff:127.0.0.1').address, '1.2.3.4')
  })
})

test('an entry of the list is an address, a range or a name', () => {
  for (const entry of ['127.0.0.1', '::1', '10.0.0.0/8', 'fc00::/7', 'loopback', 'private', 'linklocal']) {
    assert.equal(isAddressEntry(entry), true, entry)
  }
  for (const entry of ['', 'localhost', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0', '*', 'toString']) {
    assert.equal(isAddressEntry(entry), false, entry)
  }
})
