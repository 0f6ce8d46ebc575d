import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { signed, unsigned } from './signature.ts'

const current = 'c'.repeat(32)
const older = 'o'.repeat(32)

suite('a signed value', () => {
  test('is good as long as one of the secrets has signed it', () => {
    for (const value of ['', 'ada', 'a.b.c', 'ü']) {
      assert.equal(unsigned('user', signed('user', value, current), [current, older]), value)
      assert.equal(unsigned('user', signed('user', value, older), [current, older]), value)
      assert.equal(unsigned('user', signed('user', value, older), [current]), undefined)
    }
  })
  test('is good for a cookie of its own name alone', () => {
    assert.equal(unsigned('admin', signed('user', 'ada', current), [current]), undefined)
  })
  test('is no longer good when anything in it is changed', () => {
    const text = signed('user', 'ada', current)
    for (let at = 0; at < text.length; at++) {
      const other = text[at] === 'A' ? 'B' : 'A'
      assert.equal(unsigned('user', text.slice(0, at) + other + text.slice(at + 1), [current]), undefined, `at ${at}`)
    }
    for (const wrong of [undefined, '', '.', 'ada', 'ada.', `${text}A`, text.slice(0, -1), `${text}=`]) {
      assert.equal(unsigned('user', wrong, [current]), undefined)
    }
    assert.equal(unsigned('user', text, []), undefined)
  })
})
