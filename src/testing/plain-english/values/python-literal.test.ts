import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pythonLiteral } from './python-literal.ts'

suite('a Python literal', () => {
  const values: readonly (readonly [text: string, value: unknown])[] = [
    ['None', null],
    [' True ', true],
    ['False', false],
    ['7', 7],
    ['-7.5e3', -7500],
    ['+.5', 0.5],
    ['7.', 7],
    ['1_000', 1000],
    ['0xff', 255],
    ['0b101', 5],
    ["'a\"b'", 'a"b'],
    ['"it\'s"', "it's"],
    ["'\\n\\x41\\u00e9\\101\\q'", '\nAéA\\q'],
    ["r'\\n'", '\\n'],
    ["u'x'", 'x'],
    ["'''a'b'''", "a'b"],
    ["'a' 'b'", 'ab'],
    ['[]', []],
    ['[1, [2, (3,)], ]', [1, [2, [3]]]],
    ['(1)', 1],
    ['()', []],
    ['(1, 2)', [1, 2]],
    ['{}', {}],
    ["{'a': {'b': None}, 1: 'x',}", { a: { b: null }, 1: 'x' }],
    ["{'__proto__': 1}", JSON.parse('{"__proto__": 1}')],
  ]
  for (const [text, value] of values) {
    test(`${text} is ${JSON.stringify(value)}`, () => assert.deepEqual(pythonLiteral(text), value))
  }
  const faults: readonly (readonly [text: string, fault: string])[] = [
    ['', 'has no value, at character 1'],
    ['John', "has 'John', which is no value: put a text in quotes, at character 1"],
    ['true', "has 'true', which is no value: put a text in quotes, at character 1"],
    ['1 2', 'goes on where it should end, at character 3'],
    ['[1, 2', "lacks ',' or ']', at character 6"],
    ['[,]', 'has no value, at character 2'],
    ["{'a' 1}", "lacks ':', at character 6"],
    ['{[1]: 2}', 'has a key that is no text, at character 5'],
    ["'abc", "has a text without its closing ', at character 5"],
    ['7x', 'has no value, at character 1'],
    ["__import__('os')", "has '__import__', which is no value: put a text in quotes, at character 1"],
    ['['.repeat(1000), 'is nested too deep, at character 202'],
  ]
  for (const [text, fault] of faults) {
    test(`${text.slice(0, 20)} fails`, () => {
      assert.throws(() => pythonLiteral(text), { message: `The Python literal '${text}' ${fault}` })
    })
  }
})
