import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import type { JsonSchema } from '../schema/schema.ts'
import { openSchema, publishedSchema } from './published-schema.ts'

const published = (model: z.ZodType): JsonSchema => publishedSchema(z.toJSONSchema(model, { io: 'input' }))

const cases: readonly (readonly [title: string, model: z.ZodType, expected: JsonSchema])[] = [
  ['the bounds of every integer become int64', z.int(), { type: 'integer', format: 'int64' }],
  ['own bounds stay', z.int().min(1), { type: 'integer', format: 'int64', minimum: 1 }],
  [
    'integers bounded on both sides stay as they are',
    z.int32(),
    { type: 'integer', minimum: -2147483648, maximum: 2147483647 },
  ],
  ['an exclusive bound stays', z.int().positive(), { type: 'integer', format: 'int64', exclusiveMinimum: 0 }],
  ['a format is not repeated as a pattern', z.iso.datetime(), { type: 'string', format: 'date-time' }],
  ['a pattern of its own stays', z.string().regex(/^a+$/), { type: 'string', pattern: '^a+$' }],
  ['a pattern beside a format of no standard stays', z.ulid(), { ...z.toJSONSchema(z.ulid()), $schema: undefined }],
  ['a type or null is a list of types', z.int().nullable(), { type: ['integer', 'null'], format: 'int64' }],
  [
    'an enumeration or null stays apart',
    z.enum(['a']).nullable(),
    { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] },
  ],
  [
    'names of members are strings anyway',
    z.record(z.string(), z.boolean()),
    { type: 'object', additionalProperties: { type: 'boolean' } },
  ],
  [
    'other limits of names stay',
    z.record(z.string().max(3), z.boolean()),
    { type: 'object', additionalProperties: { type: 'boolean' }, propertyNames: { type: 'string', maxLength: 3 } },
  ],
  [
    'an example of OpenAPI 3.0 is one of JSON Schema',
    z.string().meta({ example: 'a' }),
    { type: 'string', examples: ['a'] },
  ],
]

for (const [title, model, expected] of cases) {
  test(title, () => {
    assert.deepEqual(published(model), JSON.parse(JSON.stringify(expected)))
  })
}

test('all of it holds inside of models, and keywords come in reading order', () => {
  const text = JSON.stringify(published(z.object({ ids: z.array(z.int().describe('One')) })))
  assert.equal(
    text,
    '{"type":"object","properties":{"ids":{"type":"array","items":{"description":"One","type":"integer","format":"int64"}}},"required":["ids"]}',
  )
})

test('a member that is declared secret says so, and shows no value', () => {
  const pin = { type: 'string', secret: true, default: '0000', examples: ['1234'] }
  assert.deepEqual(
    publishedSchema({ type: 'object', properties: { pin, secret: { type: 'integer', secret: true } } }),
    {
      type: 'object',
      properties: { pin: { type: 'string', format: 'password' }, secret: { type: 'integer' } },
    },
  )
})

test('data that looks like a schema is left alone', () => {
  const schema = { const: { $schema: 'x', example: 1 }, default: { $id: 'x' } }
  assert.deepEqual(publishedSchema(schema), schema)
})

test('an open schema is open at every level, and keeps what it says of further members', () => {
  const schema = {
    type: 'object',
    properties: { inner: { type: 'object', additionalProperties: false } },
    additionalProperties: false,
    anyOf: [{ additionalProperties: { type: 'string' } }],
  }
  assert.deepEqual(openSchema(schema), {
    type: 'object',
    properties: { inner: { type: 'object' } },
    anyOf: [{ additionalProperties: { type: 'string' } }],
  })
})
