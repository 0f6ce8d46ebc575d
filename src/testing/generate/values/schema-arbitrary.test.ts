import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sample } from 'fast-check'
import type { AnySchema, Schemas } from '../../openapi/schema-parts.ts'
import { createFit } from '../cases/fit.ts'
import { schemaArbitraries } from './schema-arbitrary.ts'

const schemas: Schemas = {
  Tree: {
    type: 'object',
    properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
    required: ['name', 'children'],
  },
  Chain: {
    type: 'object',
    properties: { next: { anyOf: [{ $ref: '#/components/schemas/Chain' }, { type: 'null' }] } },
    required: ['next'],
  },
  Animal: {
    oneOf: [
      {
        type: 'object',
        properties: { kind: { const: 'cat' }, lives: { type: 'integer' } },
        required: ['kind', 'lives'],
      },
      { type: 'object', properties: { kind: { const: 'dog' } }, required: ['kind'], additionalProperties: false },
    ],
  },
}

const ref = (name: string): AnySchema => ({ $ref: `#/components/schemas/${name}` })

const cases: Readonly<Record<string, AnySchema>> = {
  'whole numbers between bounds': { type: 'integer', minimum: -3, exclusiveMaximum: 4 },
  'numbers between bounds that hold no whole one': { type: 'number', minimum: 0.1, maximum: 0.9 },
  multiples: { type: 'integer', multipleOf: 7, minimum: 1, maximum: 50 },
  'numbers of 64 bits': { type: 'integer', format: 'int64' },
  'texts of a length': { type: 'string', minLength: 3, maxLength: 5 },
  'long texts': { type: 'string', minLength: 200 },
  'texts of a pattern': { type: 'string', pattern: '^[A-Z]{3}-\\d{2,4}$' },
  'texts of a pattern without ends': { type: 'string', pattern: 'b+' },
  'texts of a pattern and a length': { type: 'string', pattern: '^[a-z]*$', minLength: 2, maxLength: 4 },
  dates: { type: 'string', format: 'date' },
  times: { type: 'string', format: 'date-time' },
  'addresses of mail': { type: 'string', format: 'email' },
  uuids: { type: 'string', format: 'uuid' },
  uris: { type: 'string', format: 'uri' },
  'several types': { type: ['string', 'null'], minLength: 1 },
  'a choice of words': { enum: ['a', 1, null] },
  'one value': { const: { a: 1 } },
  'lists of a length': { type: 'array', items: { type: 'boolean' }, minItems: 2, maxItems: 3 },
  'lists without doubles': {
    type: 'array',
    items: { type: 'integer', minimum: 0, maximum: 9 },
    uniqueItems: true,
    minItems: 3,
  },
  tuples: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 },
  'objects with members that may be left out': {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'integer' } },
    required: ['b'],
    additionalProperties: false,
  },
  'objects with members of any name': {
    type: 'object',
    additionalProperties: { type: 'integer' },
    minProperties: 2,
    maxProperties: 3,
  },
  'objects with members by pattern': {
    type: 'object',
    patternProperties: { '^x-[a-z]+$': { type: 'boolean' } },
    additionalProperties: false,
  },
  'all of several': {
    allOf: [
      { type: 'object', properties: { a: { type: 'integer', minimum: 2 } }, required: ['a'] },
      { type: 'object', properties: { a: { type: 'integer', maximum: 4 }, b: { type: 'string' } }, required: ['b'] },
    ],
  },
  'one of several beside what all have': {
    type: 'object',
    properties: { id: { type: 'integer' } },
    required: ['id'],
    anyOf: [
      { properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { b: { type: 'null' } }, required: ['b'] },
    ],
  },
  'what refers to itself by a list': ref('Tree'),
  'what refers to itself by a choice': ref('Chain'),
  'one of several objects': ref('Animal'),
  'what a reference is, and more': { $ref: '#/components/schemas/Animal', description: 'An animal' },
}

suite('values for a schema', () => {
  const fit = createFit(schemas)
  for (const [name, schema] of Object.entries(cases)) {
    for (const members of ['sometimes', 'always', 'never'] as const) {
      test(`fit: ${name}, optional members ${members}`, () => {
        const values = sample(schemaArbitraries(schemas, members)(schema), { numRuns: 40, seed: 1 })
        assert.deepEqual(
          values.filter((value) => fit(schema, value) === 'invalid'),
          [],
        )
      })
    }
  }

  test('are the same for the same seed', () => {
    const generate = schemaArbitraries(schemas, 'sometimes')
    const of = (seed: number): unknown => sample(generate(ref('Tree')), { numRuns: 20, seed })
    assert.deepEqual(of(5), of(5))
    assert.notDeepEqual(of(5), of(6))
  })

  test('end, however deep a schema refers to itself', () => {
    const values = sample(schemaArbitraries(schemas, 'always')(ref('Chain')), { numRuns: 100, seed: 1 })
    assert.ok(values.every((value) => JSON.stringify(value).length < 2_000))
  })

  test('that are too rare to be found are refused, and not looked for without end', () => {
    const rare = schemaArbitraries({}, 'sometimes')({ type: 'string', format: 'email', maxLength: 3 })
    assert.throws(() => sample(rare, 1), /no value was found that has all that is asked for/)
  })

  test('reach the ends of 64 bits without end of looking', () => {
    const values = sample(schemaArbitraries({}, 'sometimes')({ type: 'integer', format: 'int64' }), {
      numRuns: 200,
      seed: 1,
    })
    assert.ok(values.some((value) => Math.abs(Number(value)) > 2 ** 32))
    assert.ok(values.every(Number.isSafeInteger))
  })

  test('that nothing can be are refused with the reason', () => {
    const none = schemaArbitraries({}, 'sometimes')({ type: 'integer', minimum: 3, maximum: 2 })
    assert.throws(() => sample(none, 1), /no value can be made for the schema: no number fits/)
  })
})
