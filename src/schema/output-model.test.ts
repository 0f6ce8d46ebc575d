import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import { outputModel } from './output-model.ts'
import { jsonSchema } from './plain-json-schema.ts'
import type { Schema } from './schema.ts'

function fits(model: Schema, value: unknown): void {
  assert.deepEqual(outputModel(model).check(value), [])
}

function complains(model: Schema, value: unknown, expected: readonly string[]): void {
  const findings = outputModel(model).check(value)
  assert.ok(!(findings instanceof Promise))
  assert.deepEqual(
    findings.map(({ path, code, message }) => `${path} ${code}: ${message}`),
    expected,
  )
  assert.ok(findings.every((finding) => finding.in === 'body'))
}

const at = new Date(0)
const Timestamp = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
})

test('an output projects, and names what it drops', () => {
  const output = outputModel(z.object({ name: z.string() }))
  assert.deepEqual(output.project?.({ name: 'Ada', salary: 1 }), { name: 'Ada' })
  assert.deepEqual(output.undeclared({ name: 'Ada', salary: 1 }), ['/salary'])
  assert.equal(outputModel(z.array(z.string())).project, undefined)
})

suite('the check of an output', () => {
  test('tells what does not fit', () => {
    complains(z.object({ name: z.string(), no: z.int() }), { name: 1 }, [
      '/name invalid_type: must be a string',
      '/no missing: is required',
    ])
    complains(z.array(z.object({ no: z.int() })), [{ no: 1 }, { no: null }], ['/1/no invalid_type: must be an integer'])
  })

  test('knows null from missing', () => {
    const model = z.object({ a: z.string().nullable(), b: z.string().optional() })
    fits(model, { a: null })
    complains(model, { b: null }, ['/a missing: is required', '/b invalid_type: must be a string'])
    complains(model, { a: undefined }, ['/a missing: is required'])
  })

  test('sees dates as dates, in every library', () => {
    fits(z.object({ at: z.date(), by: z.array(Timestamp) }), { at, by: [at] })
    fits(toStandardJsonSchema(v.object({ at: v.date() })), { at, more: 1 })
    fits(type({ at: 'Date' }), { at })
    fits(type({ at: 'string.date.parse' }), { at })
    fits(jsonSchema({ properties: { at: { type: 'string', format: 'date-time' } } }), { at })
    complains(z.object({ at: z.date() }), { at: '1970-01-01T00:00:00.000Z' }, ['/at invalid_type: must be a date'])
  })

  test('takes the type that leaves: codecs encode, defaults are filled in already', () => {
    fits(z.object({ at: Timestamp, flag: z.stringbool(), no: z.coerce.number() }), { at, flag: true, no: 1 })
    complains(z.object({ size: z.string().default('M') }), {}, ['/size missing: is required'])
  })

  test('does not mind what is not declared, not even in a strict object', () => {
    fits(z.strictObject({ a: z.int(), b: z.array(z.strictObject({ c: z.int() })) }), {
      a: 1,
      b: [{ c: 1, d: 2 }],
      e: 3,
    })
    fits(z.tuple([z.strictObject({ a: z.int() })]), [{ a: 1, b: 2 }, 5])
    fits(z.discriminatedUnion('k', [z.strictObject({ k: z.literal(1) }), z.strictObject({ k: z.literal(2) })]), {
      k: 2,
      x: 1,
    })
    fits(toStandardJsonSchema(v.strictObject({ a: v.number() })), { a: 1, b: 2 })
    fits(type({ a: 'number', '+': 'reject' }), { a: 1, b: 2 })
    fits(jsonSchema({ properties: { a: {} }, additionalProperties: false }), { a: 1, b: 2 })
  })

  test('sees values of another kind, of which nothing leaves', () => {
    complains(z.object({ a: z.string() }), { a: { secret: 1 } }, ['/a invalid_type: must be a string'])
    complains(z.object({ a: z.object({}) }), { a: [] }, ['/a invalid_type: must be an object'])
    complains(z.array(z.string()), { a: 1 }, [' invalid_type: must be a list'])
  })

  test('reads entities, and objects that know how they are sent', () => {
    class Person {
      readonly secret = 1
      readonly #name = 'Ada'

      get name(): string {
        return this.#name
      }
    }
    fits(z.strictObject({ name: z.string() }), new Person())
    fits(z.strictObject({ name: z.string() }), { toJSON: () => ({ name: 'Ada', more: 1 }) })
    fits(z.array(z.strictObject({ name: z.string() })), [new Person()])
  })

  test('falls back to what leaves where a model only works forwards', () => {
    const model = z.object({ size: z.string().transform(Number).pipe(z.number()), at: z.date() })
    fits(model, { size: 5, at })
    complains(model, { size: 'x', at }, ['/size invalid_type: must be a number'])
    complains(model, { at }, ['/size missing: is required'])
  })

  test('waits where the model does', async () => {
    const output = outputModel(z.object({ name: z.string().refine(async (name) => name !== 'no', 'is no name') }))
    assert.deepEqual(await output.check({ name: 'yes' }), [])
    assert.deepEqual(await output.check({ name: 'no' }), [
      { in: 'body', path: '/name', code: 'invalid', message: 'is no name' },
    ])
  })
})
