import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addressList } from '../../http/edge/address-list.ts'
import { addressFault, destinations } from './inward.ts'

const nowhere = async (): Promise<readonly string[]> => []

describe('an address that leads inward is refused', () => {
  for (const address of [
    'https://10.0.0.5/jwks',
    'https://192.168.1.1/jwks',
    'https://172.16.0.1/jwks',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[::ffff:10.0.0.5]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::a00:5]/',
    'https://[::]/',
    'https://255.255.255.255/',
  ]) {
    test(address, async () => {
      await assert.rejects(destinations({ addressList }, nowhere)(new URL(address)), /leads inward/)
    })
  }

  test('also by its name', async () => {
    const find = destinations({ addressList }, async () => ['93.184.216.34', '127.0.0.1'])
    await assert.rejects(find(new URL('https://id.example.com/jwks')), {
      message: 'id.example.com leads inward, to 127.0.0.1',
    })
    await assert.rejects(
      destinations({ addressList }, async () => ['::1'])(new URL('http://localhost/')),
      /leads inward/,
    )
  })
})

test('public addresses, and the machine itself by its address, are taken', async () => {
  const find = destinations({ addressList }, async () => ['93.184.216.34', '2606:4700::1111'])
  assert.deepEqual(await find(new URL('https://id.example.com/')), ['93.184.216.34', '2606:4700::1111'])
  assert.deepEqual(await find(new URL('http://127.0.0.1:8080/')), ['127.0.0.1'])
  // Other ways to write the same address are the same address.
  assert.deepEqual(await find(new URL('http://2130706433/')), ['127.0.0.1'])
  assert.deepEqual(await find(new URL('http://[::1]:8080/')), ['::1'])
  assert.deepEqual(await find(new URL('https://[2606:4700::1111]/')), ['2606:4700::1111'])
  await assert.rejects(destinations({ addressList }, nowhere)(new URL('https://a.test')), /a.test has no address/)
})

test('an address of the settings has to be safe', () => {
  assert.equal(addressFault('https://id.example.com/jwks'), undefined)
  assert.equal(addressFault('http://127.0.0.1:9000/jwks'), undefined)
  for (const bad of ['http://id.example.com/jwks', 'http://localhost/jwks', 'ftp://127.0.0.1/', 'file:///etc/passwd'])
    assert.match(addressFault(bad) ?? '', /^is not safe/)
  assert.match(addressFault('https://me:secret@id.example.com/') ?? '', /^has credentials in it/)
  assert.match(addressFault('jwks.json') ?? '', /^is no address/)
})

describe('an address inside the network', () => {
  for (const address of [
    'https://10.0.0.5/',
    'https://192.168.1.1/',
    'https://[fd00::1]/',
    'https://[::ffff:10.0.0.5]/',
  ]) {
    test(`may be asked where that is said: ${address}`, async () => {
      assert.equal((await destinations({ addressList }, nowhere, true)(new URL(address))).length, 1)
    })
  }
  for (const address of [
    'https://169.254.169.254/',
    'https://[fe80::1]/',
    'https://0.0.0.0/',
    'https://[64:ff9b::a00:5]/',
  ]) {
    test(`is never ${address}`, async () => {
      await assert.rejects(destinations({ addressList }, nowhere, true)(new URL(address)), /leads inward/)
    })
  }
})
