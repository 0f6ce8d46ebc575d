import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { JsonSchema } from '../schema/schema.ts'
import { exampleOf } from './example-value.ts'

const definitions = { Tree: { type: 'object', properties: { child: { $ref: '#/$defs/Tree' } }, required: ['child'] } }

const cases: Readonly<Record<string, readonly [JsonSchema, unknown]>> = {
  'the first example': [{ type: 'integer', examples: [7, 8], default: 1 }, 7],
  'the default': [{ type: 'string', default: 'en' }, 'en'],
  'the only value': [{ const: 'a' }, 'a'],
  'the first of several values': [{ enum: ['x', 'y'] }, 'x'],
  'the first alternative': [{ anyOf: [{ type: 'boolean' }, { type: 'null' }] }, true],
  'the first type': [{ type: ['integer', 'null'] }, 1],
  'the smallest number from one on': [{ type: 'integer', minimum: -9007199254740991 }, 1],
  'a number over an exclusive limit': [{ type: 'integer', exclusiveMinimum: 9 }, 10],
  'a text of the format': [{ type: 'string', format: 'date' }, '2026-01-31'],
  'the name, for any other text': [{ type: 'string' }, 'colour'],
  'the members that an object must have': [
    { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] },
    { a: 'a' },
  ],
  'no value of a secret': [{ type: 'string', secret: true, examples: ['1234'] }, 'colour'],
  'a list of one': [{ type: 'array', items: { type: 'number' } }, [1]],
}

suite('an example value', () => {
  for (const [what, [schema, value]] of Object.entries(cases)) {
    test(`is ${what}`, () => assert.deepEqual(exampleOf(schema, {}, 'colour'), value))
  }
  test('ends where a model holds itself', () => {
    assert.match(JSON.stringify(exampleOf({ $ref: '#/$defs/Tree' }, definitions, 'tree')), /^(\{"child":)+/)
  })
})
