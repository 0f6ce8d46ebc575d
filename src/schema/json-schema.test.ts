import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import { inputJsonSchema, outputJsonSchema } from './json-schema.ts'
import { jsonSchema } from './plain-json-schema.ts'
import type { JsonSchema, Schema } from './schema.ts'

const dateText = { type: 'string', format: 'date-time' }

function member(json: JsonSchema, name: string): unknown {
  const { properties } = json
  return typeof properties === 'object' && properties !== null ? Reflect.get(properties, name) : undefined
}

suite('the JSON Schema of a model', () => {
  test('differs between what a caller gives and what leaves', () => {
    const model = z.object({ size: z.string().default('M') })
    assert.equal(inputJsonSchema(model).required, undefined)
    assert.deepEqual(outputJsonSchema(model).required, ['size'])
  })

  test('names no dialect', () => {
    assert.deepEqual(inputJsonSchema(z.boolean()), { type: 'boolean' })
    assert.deepEqual(inputJsonSchema(jsonSchema({ $schema: 'x', type: 'null' })), { type: 'null' })
  })

  test('is made once', () => {
    const model = z.object({})
    assert.equal(inputJsonSchema(model), inputJsonSchema(model))
    assert.equal(outputJsonSchema(model), outputJsonSchema(model))
  })

  test('refers to models with an id', () => {
    const Employee = z.object({ name: z.string() }).meta({ id: 'Employee-of-this-test' })
    const json = outputJsonSchema(z.object({ boss: Employee, team: z.array(Employee) }))
    assert.deepEqual(member(json, 'boss'), { $ref: '#/$defs/Employee-of-this-test' })
    assert.deepEqual(Object.keys(json.$defs as object), ['Employee-of-this-test'])
  })

  test('may recur', () => {
    const Tree = z.object({
      get children() {
        return z.array(Tree)
      },
    })
    assert.deepEqual(member(inputJsonSchema(Tree), 'children'), { type: 'array', items: { $ref: '#' } })
  })
})

suite('a date', () => {
  test('leaves as ISO text, with every library', () => {
    const date = z.date()
    const codec = z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (at) => at.toISOString(),
    })
    assert.deepEqual(outputJsonSchema(date), dateText)
    assert.deepEqual(outputJsonSchema(codec), dateText)
    assert.deepEqual(outputJsonSchema(toStandardJsonSchema(v.date())), dateText)
    assert.deepEqual(outputJsonSchema(type('Date')), dateText)
    assert.deepEqual(outputJsonSchema(type('string.date.parse')), dateText)
  })

  test('is given as ISO text where it is coerced', () => {
    assert.deepEqual(inputJsonSchema(z.coerce.date()), dateText)
    assert.deepEqual(inputJsonSchema(z.object({ at: z.coerce.date().optional() })).properties, { at: dateText })
  })

  test('cannot be given as it is', () => {
    const models: Schema[] = [
      z.object({ at: z.date() }),
      toStandardJsonSchema(v.object({ at: v.date() })),
      type({ at: 'Date' }),
    ]
    for (const model of models) {
      assert.throws(() => inputJsonSchema(model), { name: 'SchemaError', message: /JSON has no dates: use / })
    }
    assert.throws(() => inputJsonSchema(models[0] ?? z.date()), {
      message:
        /^The input member '\/at' is a date, but JSON has no dates: use z\.iso\.datetime\(\), z\.coerce\.date\(\), or a codec/,
    })
  })
})

suite('what JSON cannot carry', () => {
  const rows: readonly (readonly [what: string, model: z.ZodType, message: RegExp])[] = [
    [
      'a bigint',
      z.object({ list: z.array(z.object({ no: z.bigint() })) }),
      /member '\/list\/\*\/no' is a bigint.*z\.int\(\)/,
    ],
    ['a map', z.record(z.string(), z.map(z.string(), z.string())), /member '\/\*' is a Map.*z\.record\(\)/],
    ['a set', z.object({ tags: z.set(z.string()) }), /member '\/tags' is a Set.*z\.array\(\)/],
    ['a symbol', z.symbol(), /output model is a symbol/],
    ['a function', z.function(), /output model is a function/],
    ['undefined', z.undefined(), /is undefined.*\.optional\(\)/],
    ['void', z.void(), /is void.*leave it out/],
    ['NaN', z.nan(), /NaN.*z\.number\(\)\.nullable\(\)/],
    ['a class', z.object({ at: z.instanceof(URL) }), /member '\/at' is a custom type/],
    ['a transform', z.object({ size: z.string().transform(Number) }), /member '\/size' ends in a transform.*\.pipe\(/],
    ['a bigint literal', z.literal(1n), /literal that JSON has not/],
  ]
  for (const [what, model, message] of rows) {
    test(`${what} is refused in one sentence with the way out`, () => {
      assert.throws(() => outputJsonSchema(model), { name: 'SchemaError', message })
      assert.throws(
        () => outputJsonSchema(model),
        (error: Error) => !/\n/.test(error.message) && error.message.endsWith('.'),
      )
    })
  }

  test('a transform may be given, and may leave when a model follows it', () => {
    const model = z.string().transform(Number).pipe(z.number())
    assert.deepEqual(inputJsonSchema(model), { type: 'string' })
    assert.deepEqual(outputJsonSchema(model), { type: 'number' })
  })

  test('a fallback that is made on each call is no hindrance', () => {
    const model = z.int32().catch(() => {
      throw new Error('made on each call')
    })
    assert.equal(outputJsonSchema(model).type, 'integer')
  })

  test('is refused for Valibot and ArkType too', () => {
    const error = { name: 'SchemaError' }
    assert.throws(() => outputJsonSchema(toStandardJsonSchema(v.map(v.string(), v.string()))), error)
    assert.throws(() => outputJsonSchema(toStandardJsonSchema(v.pipe(v.string(), v.transform(Number)))), error)
    assert.throws(() => outputJsonSchema(type({ no: 'bigint' })), { ...error, message: /has a bigint/ })
    assert.throws(() => outputJsonSchema(type({ by: 'Map' })), { ...error, message: /has a Map/ })
  })
})

suite('a model of another library', () => {
  test('keeps checks that JSON Schema has no word for to itself', () => {
    const name = v.pipe(
      v.string(),
      v.trim(),
      v.check((text) => text !== ''),
    )
    assert.deepEqual(outputJsonSchema(toStandardJsonSchema(name)), { type: 'string' })
    assert.deepEqual(inputJsonSchema(type('number').narrow((no) => no !== 3)), { type: 'number' })
    assert.deepEqual(inputJsonSchema(type({ 'a?': 'string|undefined' })).properties, {
      a: { anyOf: [{ type: 'string' }, { not: {} }] },
    })
  })

  test('says that a loose object is open', () => {
    const loose = toStandardJsonSchema(v.looseObject({ a: v.string() }))
    assert.deepEqual(inputJsonSchema(loose).additionalProperties, {})
  })
})

suite('what is no model', () => {
  test('is refused with the way to make one', () => {
    for (const value of [undefined, null, 5, 'x', {}, () => 1, { '~standard': {} }]) {
      assert.throws(() => inputJsonSchema(value as never), {
        name: 'SchemaError',
        message: /^A model must be a schema: .*z\.object/,
      })
    }
  })

  test('is a Standard Schema without JSON Schema', () => {
    const bare = { '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => ({ value }) } }
    assert.throws(() => inputJsonSchema(v.string() as never), {
      message: /toStandardJsonSchema from @valibot\/to-json-schema/,
    })
    assert.throws(() => inputJsonSchema(bare as never), {
      name: 'SchemaError',
      message: /carries no JSON Schema: .*jsonSchema\(/,
    })
  })

  test('is one whose conversion fails', () => {
    const { validate } = z.string()['~standard']
    const fail = (): never => {
      throw new Error('no luck.')
    }
    const model: Schema = {
      '~standard': { version: 1, vendor: 'own', validate, jsonSchema: { input: fail, output: fail } },
    }
    assert.throws(() => inputJsonSchema(model), {
      name: 'SchemaError',
      message: /cannot be written as JSON Schema: no luck\.$/,
    })
  })
})
