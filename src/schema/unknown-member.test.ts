import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import { inputModel, type UnknownPolicy } from './input-model.ts'
import { Invalid } from './invalid.ts'
import { jsonSchema } from './plain-json-schema.ts'
import type { Schema } from './schema.ts'

function validate(model: Schema, value: unknown, unknown: UnknownPolicy = 'strip'): unknown {
  return inputModel(model, { unknown }).validate(value, () => 'body')
}

function accepts(model: Schema, value: unknown, made: unknown, unknown?: UnknownPolicy): void {
  assert.deepEqual(validate(model, value, unknown), made)
}

/** Expects findings, each as `path code: message`. */
function refuses(model: Schema, value: unknown, expected: readonly string[], unknown?: UnknownPolicy): void {
  const result = validate(model, value, unknown)
  assert.ok(result instanceof Invalid, `${JSON.stringify(result)} is no Invalid`)
  assert.deepEqual(
    result.findings.map(({ path, code, message }) => `${path} ${code}: ${message}`),
    expected,
  )
}

suite('an explicit declaration of other members wins over the policy', () => {
  const value = { a: 1, b: 2 }
  const open = [
    z.looseObject({ a: z.int() }),
    z.object({ a: z.int() }).catchall(z.int()),
    z.record(z.string(), z.int()),
    toStandardJsonSchema(v.looseObject({ a: v.number() })),
    type({ a: 'number', '[string]': 'number' }),
    jsonSchema({ type: 'object', properties: { a: {} }, additionalProperties: true }),
    jsonSchema({ type: 'object' }),
    z.unknown(),
  ]
  const closed = [
    z.strictObject({ a: z.int() }),
    toStandardJsonSchema(v.strictObject({ a: v.number() })),
    type({ a: 'number', '+': 'reject' }),
    jsonSchema({ type: 'object', properties: { a: {} }, additionalProperties: false }),
  ]

  test('an open model takes them under every policy', () => {
    for (const policy of ['strict', 'strip', 'pass'] as const)
      for (const model of open) accepts(model, value, value, policy)
  })

  test('a closed model of Zod or Valibot refuses them under every policy, once', () => {
    for (const policy of ['strict', 'strip', 'pass'] as const) {
      for (const model of closed.slice(0, 2)) refuses(model, value, ['/b unrecognized_key: is not known here'], policy)
    }
  })

  test('a closed model of any library refuses them under strict, once', () => {
    for (const model of closed) refuses(model, value, ['/b unrecognized_key: is not known here'], 'strict')
  })
})

suite('what a model makes of a value', () => {
  test('are defaults, codecs and transforms', () => {
    const at = z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    })
    const model = z.object({
      size: z.string().default('M'),
      at,
      name: z.string().transform((name) => name.toUpperCase()),
    })
    const made = { size: 'M', at: new Date(0), name: 'ADA' }
    accepts(model, { at: '1970-01-01T00:00:00.000Z', name: 'ada' }, made)
    accepts(model, { at: '1970-01-01T00:00:00.000Z', name: 'ada', more: 1 }, { ...made, more: 1 }, 'pass')
    refuses(model, { at: 'x', name: 'ada' }, [
      '/at invalid_format: must be a date and time such as 2030-12-31T23:59:59Z',
    ])
  })

  test('is what is passed on to, where it still is an object or a list', () => {
    const model = z.object({
      list: z.array(z.object({ a: z.int() })),
      one: z.object({ a: z.int() }).transform(({ a }) => a),
      wrapped: z.object({ a: z.int() }).transform((value) => new Map(Object.entries(value))),
      set: z.array(z.object({ a: z.int() })).transform((list) => list.slice(1)),
    })
    const given = {
      list: [{ a: 1, b: 2 }],
      one: { a: 1, b: 2 },
      wrapped: { a: 1, b: 2 },
      set: [{ a: 1, b: 2 }, { a: 3 }],
    }
    accepts(model, given, { list: [{ a: 1, b: 2 }], one: 1, wrapped: new Map([['a', 1]]), set: [{ a: 3 }] }, 'pass')
  })

  test('never has a changed prototype', () => {
    const given: unknown = JSON.parse('{"a":1,"__proto__":{"admin":true},"b":{"__proto__":{"admin":true}}}')
    const models = [
      z.object({ a: z.int(), b: z.object({}) }),
      type({ a: 'number', b: { 'c?': 'string' } }),
      jsonSchema({ type: 'object', properties: { a: {}, b: { type: 'object', properties: {} } } }),
    ]
    for (const model of models) {
      for (const policy of ['strip', 'pass'] as const) {
        const made = validate(model, given, policy)
        assert.ok(typeof made === 'object' && made !== null)
        assert.deepEqual(made, { a: 1, b: {} })
        assert.equal(Reflect.get(made, 'admin'), undefined)
      }
      refuses(
        model,
        given,
        ['/b/__proto__ unrecognized_key: is not known here', '/__proto__ unrecognized_key: is not known here'],
        'strict',
      )
    }
  })
})
