import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import { decodePercent } from './percent.ts'

suite('percent-encoded text', () => {
  const rows: Readonly<Record<string, string>> = {
    plain: 'plain',
    '%2F': '/',
    '%2f': '/',
    '%25': '%',
    '%2525': '%25',
    '%C3%BC': 'ü',
    '%F0%9F%98%80': '😀',
    'a+b': 'a+b',
  }
  for (const [encoded, decoded] of Object.entries(rows)) {
    test(`${encoded} means ${decoded}`, () => assert.equal(decodePercent(encoded), decoded))
  }

  const broken: Readonly<Record<string, string>> = {
    'a lone percent sign': '50%',
    'a percent sign before no digits': '%zz',
    'half a character': '%C3',
    'a byte that UTF-8 has not': '%FF',
    'an overlong form': '%C0%AF',
    'a surrogate': '%ED%A0%80',
    'a code point beyond Unicode': '%F5%80%80%80',
  }
  for (const [what, text] of Object.entries(broken)) {
    test(`is refused for ${what}`, () => {
      assert.throws(() => decodePercent(text), {
        code: 'malformed_url',
        message: 'The URL holds a broken percent-encoding',
      })
    })
  }
  test('is refused for NUL', () => {
    assert.throws(
      () => decodePercent('a%00b'),
      (error) => isProblem(error) && error.code === 'malformed_url' && /NUL/.test(error.message),
    )
  })
})
