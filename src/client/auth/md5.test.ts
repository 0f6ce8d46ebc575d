import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { md5 } from './md5.ts'

test('MD5 of every length around the ends of blocks is that of OpenSSL', () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256)
    assert.equal(md5(bytes), createHash('md5').update(bytes).digest('hex'), `${length} bytes`)
  }
})
