import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hashPassword, needsRehash, verifyPassword } from './password-hash.ts'

const cheap = '$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$'

describe('hashed passwords', () => {
  test('are told from others, however their characters were typed, and never look alike', async () => {
    const [hash, other] = await Promise.all([hashPassword('caf\u00e9 \ufb01ne'), hashPassword('caf\u00e9 \ufb01ne')])
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    assert.notEqual(hash, other)
    const given = ['cafe\u0301 fine', 'cafe fine', '']
    assert.deepEqual(await Promise.all(given.map((each) => verifyPassword(hash, each))), [true, false, false])
    assert.equal(needsRehash(hash), false)
  })

  test('are never those of somebody unknown', async () => {
    assert.equal(await verifyPassword(undefined, ''), false)
  })

  test('are refused beyond 1,024 characters', async () => {
    await assert.rejects(hashPassword('a'.repeat(1025)), RangeError)
    assert.equal(await verifyPassword(undefined, 'a'.repeat(1025)), false)
  })

  test('of a lower cost still count, and are due to be hashed anew', async () => {
    // One of the test vectors of the reference implementation.
    const reference = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
    assert.deepEqual(await Promise.all(['password', 'Password'].map((each) => verifyPassword(reference, each))), [
      true,
      false,
    ])
    assert.equal(needsRehash(reference), true)
  })

  const broken = [
    '',
    'password',
    '$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
    `${cheap}AAAA`,
    '$argon2id$v=19$m=64,t=0,p=1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=4,t=1,p=1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=99999999,t=1,p=1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAA',
  ]
  for (const hash of broken) {
    test(`let nobody in where the hash is '${hash}'`, async () => {
      assert.equal(await verifyPassword(hash, 'password'), false)
      assert.equal(needsRehash(hash), true)
    })
  }
})
