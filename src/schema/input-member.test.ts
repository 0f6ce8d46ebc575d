import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { inputModel } from './input-model.ts'
import { jsonSchema } from './plain-json-schema.ts'
import type { Schema } from './schema.ts'

suite('the members of an input', () => {
  function membersOf(model: Schema): readonly unknown[] | undefined {
    const { members } = inputModel(model, { unknown: 'strip' })
    return members && [...members.values()].map(({ name, schema, required }) => ({ name, schema, required }))
  }

  test('are those of an object, in declared order', () => {
    const model = z.object({ no: z.int32(), name: z.string().optional(), size: z.string().default('M') })
    assert.deepEqual(membersOf(model), [
      { name: 'no', schema: { type: 'integer', minimum: -2147483648, maximum: 2147483647 }, required: true },
      { name: 'name', schema: { type: 'string' }, required: false },
      { name: 'size', schema: { type: 'string', default: 'M' }, required: false },
    ])
    assert.deepEqual(membersOf(z.object({})), [])
  })

  test('are read from text by their type', () => {
    const Size = z.enum(['S', 'M']).meta({ id: 'Size-of-this-test' })
    const { members } = inputModel(z.object({ no: z.int(), size: Size, tags: z.array(z.int()) }), { unknown: 'strip' })
    assert.equal(members?.get('no')?.readText('5'), 5)
    assert.equal(members?.get('no')?.readText, members?.get('no')?.readText)
    assert.equal(members?.get('size')?.readText('S'), 'S')
    assert.deepEqual(members?.get('size')?.schema, { $ref: '#/$defs/Size-of-this-test' })
    assert.deepEqual(members?.get('tags')?.readText(['1', '2']), [1, 2])
  })

  test('are found behind a reference, in a combination and in alternatives', () => {
    const Named = z.object({ name: z.string() }).meta({ id: 'Named-of-this-test' })
    const name = { name: 'name', schema: { type: 'string' }, required: true }
    const no = { name: 'no', schema: { type: 'boolean' }, required: true }
    assert.deepEqual(membersOf(Named), [name])
    assert.deepEqual(membersOf(z.intersection(Named, z.object({ no: z.boolean() }))), [name, no])
    const either = z.union([
      z.object({ name: z.string(), a: z.boolean() }),
      z.object({ name: z.null(), b: z.boolean() }),
    ])
    assert.deepEqual(membersOf(either), [
      { name: 'name', schema: { anyOf: [{ type: 'string' }, { type: 'null' }] }, required: true },
      { name: 'a', schema: { type: 'boolean' }, required: false },
      { name: 'b', schema: { type: 'boolean' }, required: false },
    ])
    const both = jsonSchema({
      allOf: [{ properties: { a: { minimum: 1 } } }, { properties: { a: { type: 'integer' } }, required: ['a'] }],
    })
    assert.deepEqual(membersOf(both), [
      { name: 'a', schema: { allOf: [{ minimum: 1 }, { type: 'integer' }] }, required: true },
    ])
    assert.equal(inputModel(both, { unknown: 'strip' }).members?.get('a')?.readText('5'), 5)
  })

  test('are none where the input is not always an object', () => {
    for (const model of [
      z.array(z.int()),
      z.string(),
      z.unknown(),
      z.object({}).nullable(),
      z.union([z.object({}), z.int()]),
    ]) {
      assert.equal(membersOf(model), undefined)
    }
  })

  test('are none, but may be any, in a record', () => {
    assert.deepEqual(membersOf(z.record(z.string(), z.int())), [])
  })
})
