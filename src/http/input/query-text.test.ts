import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import { readQuery } from './query-text.ts'

const read = (text: string): [string, string[]][] => [...readQuery(text)]

suite('a query', () => {
  const rows: readonly (readonly [behaviour: string, text: string, members: [string, string[]][]])[] = [
    [
      'has a value for each name',
      'a=1&b=2',
      [
        ['a', ['1']],
        ['b', ['2']],
      ],
    ],
    [
      'keeps the values of one name in order',
      'a=1&b=2&a=3',
      [
        ['a', ['1', '3']],
        ['b', ['2']],
      ],
    ],
    [
      'has an empty value where nothing is given',
      'a=&b',
      [
        ['a', ['']],
        ['b', ['']],
      ],
    ],
    ['keeps everything after the first equals sign', 'a=b=c', [['a', ['b=c']]]],
    ['may have an empty name', '=1', [['', ['1']]]],
    ['passes over empty pairs', '&&a=1&', [['a', ['1']]]],
    ['writes a blank as +', 'a+b=c+d', [['a b', ['c d']]]],
    ['writes a plus as %2B', 'a=1%2B1', [['a', ['1+1']]]],
    ['is decoded once', 'a=%2520', [['a', ['%20']]]],
    ['decodes UTF-8 in names and values', '%C3%BC=%E2%82%AC', [['ü', ['€']]]],
    ['decodes separators after it is split', 'a=1%262%3D3', [['a', ['1&2=3']]]],
    ['does not split at semicolons', 'a=1;b=2', [['a', ['1;b=2']]]],
    [
      'may name what every object has',
      '__proto__=1&constructor=2',
      [
        ['__proto__', ['1']],
        ['constructor', ['2']],
      ],
    ],
    ['may be empty', '', []],
  ]
  for (const [behaviour, text, members] of rows) test(behaviour, () => assert.deepEqual(read(text), members))

  for (const text of ['a=%', 'a=%zz', '%=1', 'a=%C3', 'a=%ED%A0%80', 'a=%00', 'a%00=1']) {
    test(`is refused as ${text}`, () => {
      assert.throws(
        () => readQuery(text),
        (error) => isProblem(error) && error.code === 'malformed_url',
      )
    })
  }
})
