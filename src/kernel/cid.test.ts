import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCid, newCid } from './cid.ts'

test('a new cid has the form of a W3C trace-id', () => {
  assert.match(newCid(), /^[0-9a-f]{32}$/)
  assert.equal(isCid(newCid()), true)
})

test('no two of 100,000 cids are the same', () => {
  const cids = new Set(Array.from({ length: 100_000 }, newCid))
  assert.equal(cids.size, 100_000)
})

test('cids spread evenly over the digits by which tracing systems take their samples', () => {
  // OpenTelemetry compares the last 8 bytes (or, newer, the last 7) of a trace-id with a threshold: were those alike in
  // all cids of a process, a sampler would take all of its calls or none.
  for (const start of [16, 18]) {
    const leading = new Map<string, number>()
    for (let made = 0; made < 16_000; made++) {
      const digit = newCid().charAt(start)
      leading.set(digit, (leading.get(digit) ?? 0) + 1)
    }
    assert.equal(leading.size, 16)
    for (const count of leading.values()) assert.ok(count > 900 && count < 1100, `${count} of 16,000`)
  }
})

const cids: readonly (readonly [text: string, wellFormed: boolean, why: string])[] = [
  ['a', true, 'one letter'],
  ['0af7651916cd43dd8448eb211c80319c', true, 'a trace-id'],
  ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', true, 'a UUID'],
  ['Root=1-67891233-abcdef012345678912345678', true, 'the id of a load balancer'],
  ['user@host:8080/a.b+c_d', true, 'every sign that is allowed'],
  ['x'.repeat(128), true, '128 characters'],
  ['', false, 'nothing'],
  ['x'.repeat(129), false, '129 characters'],
  ['a b', false, 'a space'],
  ['a\n', false, 'a line break at the end'],
  ['a\r\nSet-Cookie: b', false, 'an injected header'],
  ['<script>', false, 'markup'],
  ['"a"', false, 'quotes'],
  ['a;b', false, 'a semicolon'],
  ['a,b', false, 'a list'],
  ['%20', false, 'percent-encoding'],
  ['é', false, 'a letter outside ASCII'],
  ['a\u0000', false, 'a NUL'],
]

for (const [text, wellFormed, why] of cids) {
  test(`a cid from outside is ${wellFormed ? 'taken over' : 'not taken over'}: ${why}`, () => {
    assert.equal(isCid(text), wellFormed)
  })
}
