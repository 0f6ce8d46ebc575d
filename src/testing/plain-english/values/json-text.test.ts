import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { deepestJson, isTooDeep, jsonText, parseJson } from './json-text.ts'

suite('JSON', () => {
  test('keeps all digits of whole numbers, there and back', () => {
    const text = '{"id":9007199254740993,"list":[-12345678901234567890,1,1.5,1e3],"text":"9007199254740993"}'
    const value = parseJson(text)
    assert.deepEqual(value, {
      id: 9007199254740993n,
      list: [-12345678901234567890n, 1, 1.5, 1000],
      text: '9007199254740993',
    })
    assert.equal(jsonText(value), text.replace('1e3', '1000'))
  })
  test('has numbers where they hold what is written', () => {
    assert.deepEqual(parseJson('[9007199254740991, 1e400, -0, 0.1000000000000000055]'), [
      ...[9007199254740991, Number.POSITIVE_INFINITY, -0, 0.1],
    ])
  })
  test('drops no member that is named like the prototype', () => {
    assert.equal(jsonText(parseJson('{"__proto__":1234567890123456789}')), '{"__proto__":1234567890123456789}')
  })
  test('that is nested too deep is seen without reading it', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    assert.deepEqual([isTooDeep(nested(deepestJson)), isTooDeep(nested(deepestJson + 1))], [false, true])
    assert.equal(isTooDeep(`["${'['.repeat(5000)}\\"${'{'.repeat(5000)}"]`), false)
    assert.equal(isTooDeep(`[${'[],'.repeat(5000)}1]`), false)
  })
})
