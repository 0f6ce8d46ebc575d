import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { jsonFault } from './json-fault.ts'

suite('the place where a text stops being JSON is', () => {
  const rows: readonly (readonly [text: string, fault: number])[] = [
    ['', 0],
    ['  ', 2],
    ['x', 0],
    ['tru', 3],
    ['trux', 3],
    ['truee', 4],
    ['nul', 3],
    ['[1,]', 3],
    ['[,1]', 1],
    ['[1', 2],
    ['[1}', 2],
    ['{"a":1]', 6],
    ['{1:2}', 1],
    ['{,}', 1],
    ['{"a"}', 4],
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ['{"a":1,"b"', 10],
    ['{}{}', 2],
    [']', 0],
    ['-', 0],
    ['+1', 0],
    ['.5', 0],
    ['01', 1],
    ['1.', 1],
    ['1e', 1],
    ['"a', 2],
    ['"a\u0001b"', 2],
    ['"a\\qb"', 2],
    ['"a\\u12x4"', 2],
    ["'a'", 0],
    ['\u00a01', 0],
    ['NaN', 0],
    ['[Infinity]', 1],
  ]
  for (const [text, fault] of rows)
    test(`${fault} in ${JSON.stringify(text)}`, () => assert.equal(jsonFault(text), fault))
})

/** A generator of numbers that gives the same ones in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test('a text has a fault exactly when JSON.parse refuses it, and what comes before the fault has none', () => {
  const below = sequence(1)
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '\\',
    '\\n',
    '\\u00e9',
    '1',
    '-2.5e3',
    '0',
    'true',
    'null',
    ' ',
    '\n',
    'x',
    '\u0001',
  ]
  for (let run = 0; run < 20_000; run++) {
    const text = Array.from({ length: below(9) }, () => pieces[below(pieces.length)]).join('')
    let parses = true
    try {
      JSON.parse(text)
    } catch {
      parses = false
    }
    const fault = jsonFault(text)
    assert.ok(fault >= 0 && fault <= text.length, text)
    if (parses) assert.equal(fault, text.length, text)
    if (fault < text.length) assert.ok(!parses, text)
    assert.equal(jsonFault(text.slice(0, fault)), fault, text)
  }
})
