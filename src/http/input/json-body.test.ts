import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import { deepestNesting, readJson } from './json-body.ts'

const read = (text: string): unknown => readJson(Buffer.from(text))

function problemOf(bytes: Uint8Array): string | undefined {
  try {
    readJson(bytes)
  } catch (error) {
    if (isProblem(error)) return `${error.status} ${error.code}: ${error.message}`
    throw error
  }
  return undefined
}

suite('a JSON body', () => {
  test('may be any JSON value', () => {
    const values: Readonly<Record<string, unknown>> = {
      '{"a":[1]}': { a: [1] },
      ' 1\n': 1,
      null: null,
      '"x"': 'x',
      '[]': [],
    }
    for (const [text, value] of Object.entries(values)) assert.deepEqual(read(text), value)
  })
  test('may start with a byte order mark', () => assert.deepEqual(read('\ufeff{"a":1}'), { a: 1 }))
  test('keeps a byte order mark inside of a text', () => assert.deepEqual(read('{"a":"\ufeff"}'), { a: '\ufeff' }))
  test('may be a view of a larger buffer', () => {
    const bytes = Buffer.from('xx{"a":1}yy')
    assert.deepEqual(readJson(new Uint8Array(bytes.buffer, bytes.byteOffset + 2, 7)), { a: 1 })
  })
  test('counts the last of several members with one name', () =>
    assert.deepEqual(read('{"a":1,"b":2,"a":3}'), { a: 3, b: 2 }))
  test('may hold NUL where it is escaped', () => assert.deepEqual(read('{"a":"\\u0000"}'), { a: '\0' }))
  test('keeps half a surrogate pair where it is escaped', () => assert.deepEqual(read('"\\ud800"'), '\ud800'))
  test('keeps precision as ECMAScript does', () =>
    assert.deepEqual(read('[1e400, 9007199254740993]'), [Infinity, 9007199254740992]))
})

suite('a body that is not JSON is refused', () => {
  const rows: readonly (readonly [behaviour: string, text: string, detail: string])[] = [
    ['when it is blank', ' \n', 'The body is not valid JSON: it is empty'],
    ['when it is a mark alone', '\ufeff', 'The body is not valid JSON: it is empty'],
    ['when it ends inside an object', '{"a":1', 'The body is not valid JSON: it ends too early'],
    ['when it ends inside a text', '{"a":"x', 'The body is not valid JSON: it ends too early'],
    ['when it ends inside a word', '[tru', 'The body is not valid JSON: it ends too early'],
    ['when it ends with a comma', '[1,', 'The body is not valid JSON: it ends too early'],
    ['with the place of a word', 'hello', 'The body is not valid JSON: line 1, column 1'],
    ['with the place of a wrong letter', '[trux]', 'The body is not valid JSON: line 1, column 5'],
    ['with the place of a comma too many', '{"a":1,}', 'The body is not valid JSON: line 1, column 8'],
    ['with the place of a name without quotes', '{\n  a: 1\n}', 'The body is not valid JSON: line 2, column 3'],
    ['with the place of single quotes', "{'a':1}", 'The body is not valid JSON: line 1, column 2'],
    ['with the place of a missing comma', '[1 2]', 'The body is not valid JSON: line 1, column 4'],
    ['with the place of a leading zero', '[01]', 'The body is not valid JSON: line 1, column 3'],
    ['with the place of what follows', '{} {}', 'The body is not valid JSON: line 1, column 4'],
    ['with the place of raw NUL', '{"a":"b\0c"}', 'The body is not valid JSON: line 1, column 8'],
    ['with the place of a raw line break in a text', '"a\nb"', 'The body is not valid JSON: line 1, column 3'],
    ['with the place of a bad escape', '"a\\x"', 'The body is not valid JSON: line 1, column 3'],
    ['with the place of a comment', '// hi\n{}', 'The body is not valid JSON: line 1, column 1'],
    ['with the place of NaN', '{"a":NaN}', 'The body is not valid JSON: line 1, column 6'],
    ['with a place that leaves the mark out', '\ufeff\n[1 2]', 'The body is not valid JSON: line 2, column 4'],
  ]
  for (const [behaviour, text, detail] of rows) {
    test(behaviour, () => assert.equal(problemOf(Buffer.from(text)), `400 malformed_body: ${detail}`))
  }

  const notUtf8: Readonly<Record<string, readonly number[]>> = {
    'a byte of Latin-1': [0x22, 0xfc, 0x22],
    'half a character at the end': [0x22, 0xc3],
    'an overlong form': [0x22, 0xc0, 0xaf, 0x22],
    'a surrogate': [0x22, 0xed, 0xa0, 0x80, 0x22],
    'UTF-16': [0xff, 0xfe, 0x31, 0x00],
  }
  for (const [what, bytes] of Object.entries(notUtf8)) {
    test(`when it holds ${what}`, () =>
      assert.equal(problemOf(Uint8Array.from(bytes)), '400 malformed_body: The body is not valid UTF-8'))
  }
})

suite('the nesting of a body', () => {
  const nested = (open: string, close: string, depth: number): Buffer =>
    Buffer.from(`${open.repeat(depth)}1${close.repeat(depth)}`)

  test('may be 256 levels deep, in lists and in objects', () => {
    assert.equal(deepestNesting, 256)
    assert.equal(problemOf(nested('[', ']', 256)), undefined)
    assert.equal(problemOf(nested('{"a":', '}', 256)), undefined)
    assert.equal(problemOf(nested('[{"a":', '}]', 128)), undefined)
  })
  const refusal = '400 nesting_too_deep: The body may nest lists and objects 256 levels deep'
  test('is refused beyond that', () => {
    assert.equal(problemOf(nested('[', ']', 257)), refusal)
    assert.equal(problemOf(nested('{"a":', '}', 257)), refusal)
    assert.equal(problemOf(nested('[{"a":', '}]', 129)), refusal)
    assert.equal(problemOf(nested('[', ']', 100_000)), refusal)
    assert.equal(problemOf(Buffer.from('['.repeat(100_000))), refusal)
  })
  test('is not what brackets in texts look like', () => {
    assert.equal(problemOf(Buffer.from(JSON.stringify({ a: '['.repeat(1000), b: '\\"{'.repeat(1000) }))), undefined)
  })
  test('counts what is open at once, not what comes one after another', () => {
    assert.equal(problemOf(Buffer.from(JSON.stringify(Array(1000).fill({ a: [] })))), undefined)
  })
})

suite('__proto__ in a body', () => {
  const rows: Readonly<Record<string, string>> = {
    'at the top': '{"__proto__":{"polluted":1},"a":1}',
    'further down': '{"a":[{"__proto__":{"polluted":1}}]}',
    'with a lower-case escape': '{"\\u005f_proto__":{"polluted":1},"a":1}',
    'with an upper-case escape': '{"_\\u005Fproto__":{"polluted":1},"a":1}',
    'with escaped letters': '{"__\\u0070\\u0072\\u006F\\u0074\\u006f__":{"polluted":1},"a":1}',
  }
  for (const [where, text] of Object.entries(rows)) {
    test(`${where} is dropped, and nothing else with it`, () => {
      const value = read(text)
      assert.ok(!JSON.stringify(value).includes('polluted'))
      assert.match(JSON.stringify(value), /"a":/)
      assert.equal(Reflect.get({}, 'polluted'), undefined)
      assert.equal(Reflect.get(Object.assign({}, value), 'polluted'), undefined)
    })
  }
  test('stays where it is a value', () => assert.deepEqual(read('{"a":"__proto__"}'), { a: '__proto__' }))
  test('leaves texts with other escapes as they are', () => assert.deepEqual(read('{"\\u00fc":"\\u00e9"}'), { ü: 'é' }))
})
