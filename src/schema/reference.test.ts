import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { dereference, resolveReference } from './reference.ts'
import { SchemaError } from './schema-error.ts'

const text = { type: 'string' }
const root = {
  $defs: {
    Text: text,
    'a/b': { type: 'null' },
    'x y': { type: 'integer' },
    Never: false,
    Loop: { $ref: '#/$defs/Loop' },
  },
  properties: { one: { items: text } },
}

suite('a reference', () => {
  test('points to the document, to a definition, or to any other place in it', () => {
    assert.equal(resolveReference('#', root), root)
    assert.equal(resolveReference('#/$defs/Text', root), text)
    assert.equal(resolveReference('#/properties/one/items', root), text)
  })

  test('may be escaped as a pointer and as a URL', () => {
    assert.deepEqual(resolveReference('#/$defs/a~1b', root), { type: 'null' })
    assert.deepEqual(resolveReference('#/$defs/x%20y', root), { type: 'integer' })
  })

  test('to false allows nothing', () => {
    assert.deepEqual(resolveReference('#/$defs/Never', root), { not: {} })
  })

  test('to nothing, or out of the document, is refused with the way out', () => {
    assert.throws(() => resolveReference('#/$defs/None', root), { name: 'SchemaError', message: /points at nothing/ })
    assert.throws(() => resolveReference('#/$defs/toString', root), SchemaError)
    assert.throws(() => resolveReference('other.json', root), { name: 'SchemaError', message: /#\/\$defs\/Name/ })
  })

  test('that leads only to itself allows anything', () => {
    assert.deepEqual(dereference({ $ref: '#/$defs/Loop' }, root), {})
  })
})
