import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonSchema } from '../schema/schema.ts'
import { downLevelSchema } from './down-level-schema.ts'

const person = { $ref: '#/components/schemas/Person' }
const either = { $ref: '#/components/schemas/Either' }
const components = { Person: { type: 'object' }, Either: { anyOf: [{ type: 'string' }, { type: 'integer' }] } }

const cases: readonly (readonly [title: string, schema: JsonSchema, expected: JsonSchema])[] = [
  ['a constant', { type: 'string', const: 'a' }, { type: 'string', enum: ['a'] }],
  ['null alone', { type: 'null' }, { type: 'string', nullable: true, enum: [null] }],
  ['a type or null', { type: ['string', 'null'], minLength: 1 }, { type: 'string', nullable: true, minLength: 1 }],
  ['values or null', { type: ['string', 'null'], enum: ['a'] }, { type: 'string', nullable: true, enum: ['a', null] }],
  ['several types', { type: ['string', 'integer'] }, { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
  [
    'several types or null',
    { description: 'Any', type: ['string', 'integer', 'null'] },
    { description: 'Any', anyOf: [{ type: 'string', nullable: true }, { type: 'integer' }] },
  ],
  [
    'a branch for null',
    { title: 'A', anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] },
    { title: 'A', type: 'string', nullable: true, enum: ['a', null] },
  ],
  [
    'a branch for null beside several',
    { oneOf: [person, { type: 'string' }, { type: 'null' }] },
    { oneOf: [person, { type: 'string', nullable: true }] },
  ],
  [
    'a reference or null',
    { description: 'Boss', anyOf: [person, { type: 'null' }] },
    { description: 'Boss', type: 'object', nullable: true, allOf: [person] },
  ],
  [
    'a reference to several types, or null',
    { anyOf: [either, { type: 'null' }] },
    { anyOf: [either, { type: 'string', nullable: true, enum: [null] }] },
  ],
  ['examples', { type: 'string', examples: ['a', 'b'] }, { type: 'string', example: 'a' }],
  ['exclusive bounds', { type: 'number', exclusiveMinimum: 0 }, { type: 'number', minimum: 0, exclusiveMinimum: true }],
  [
    'exclusive bounds beside others',
    { type: 'number', minimum: 5, exclusiveMinimum: 0, maximum: 9, exclusiveMaximum: 8 },
    { type: 'number', minimum: 5, maximum: 8, exclusiveMaximum: true },
  ],
  [
    'a tuple',
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false, minItems: 2 },
    { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] }, minItems: 2, maxItems: 2 },
  ],
  [
    'a tuple of one kind',
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'string' }], items: false },
    { type: 'array', items: { type: 'string' }, maxItems: 2 },
  ],
  ['an open tuple', { type: 'array', prefixItems: [{ type: 'string' }] }, { type: 'array', items: {} }],
  ['a list of anything', { type: 'array' }, { type: 'array', items: {} }],
  [
    'bytes in base64',
    { type: 'string', format: 'base64', contentEncoding: 'base64' },
    { type: 'string', format: 'byte' },
  ],
  ['bytes', { type: 'string', contentMediaType: 'image/png' }, { type: 'string', format: 'binary' }],
  ['JSON in text', { type: 'string', contentMediaType: 'application/json' }, { type: 'string' }],
  ['a reference with a description', { ...person, description: 'Boss' }, { description: 'Boss', allOf: [person] }],
  ['a reference', person, person],
  ['boolean schemas', { properties: { a: true, b: false } }, { properties: { a: {}, b: { not: {} } } }],
  [
    'members named by a pattern',
    { type: 'object', patternProperties: { '^x': { type: 'string' } }, additionalProperties: false },
    { type: 'object', additionalProperties: { type: 'string' } },
  ],
  [
    'keywords without a word in 3.0',
    {
      type: 'object',
      propertyNames: { maxLength: 3 },
      if: {},
      else: {},
      unevaluatedProperties: false,
      $comment: 'x',
      'x-own': 1,
    },
    { type: 'object', 'x-own': 1 },
  ],
]

for (const [title, schema, expected] of cases) {
  test(`3.0 says: ${title}`, () => {
    assert.deepEqual(downLevelSchema(schema, components), expected)
    const nested = { type: 'object', properties: { inner: schema }, additionalProperties: schema }
    const nestedExpected = { type: 'object', properties: { inner: expected }, additionalProperties: expected }
    assert.deepEqual(downLevelSchema(nested, components), nestedExpected)
  })
}
