import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { suite, test } from 'node:test'
import type { PlainIssue } from './plain-json-issue.ts'
import { jsonSchema } from './plain-json-schema.ts'
import type { JsonSchema } from './schema.ts'

function complaints(schema: JsonSchema, value: unknown): string[] {
  const result = jsonSchema(schema)['~standard'].validate(value)
  assert.ok(!(result instanceof Promise))
  return (result.issues ?? []).map((issue) => {
    const { path, code, message } = issue as PlainIssue
    return `${JSON.stringify(path)} ${code}: ${message}`
  })
}

suite('a plain JSON Schema as a model', () => {
  test('gives the value as it is', () => {
    const value = { a: 1 }
    const result = jsonSchema({ type: 'object', properties: { a: { type: 'integer' } } })['~standard'].validate(value)
    assert.ok(!(result instanceof Promise) && result.issues === undefined)
    assert.equal(result.value, value)
  })

  const rows: readonly (readonly [schema: JsonSchema, value: unknown, complaint: string])[] = [
    [{ type: 'integer' }, 'x', '[] invalid_type: must be an integer'],
    [{ type: ['string', 'null'] }, 1, '[] invalid_type: must be a string or null'],
    [{ required: ['a/b'] }, {}, '["a/b"] missing: is required'],
    [{ dependentRequired: { a: ['b'] } }, { a: 1 }, '["b"] missing: is required'],
    [{ additionalProperties: false }, { '~': 1 }, '["~"] unrecognized_key: is not known here'],
    [{ unevaluatedProperties: false }, { a: 1 }, '["a"] unrecognized_key: is not known here'],
    [{ propertyNames: { maxLength: 1 } }, { ab: 1 }, '["ab"] invalid: has a name that is not allowed'],
    [{ properties: { a: false } }, { a: 1 }, '["a"] invalid: must be left out'],
    [{ const: 1 }, 2, '[] invalid_value: must be 1'],
    [{ enum: [1, 'a'] }, 2, '[] invalid_value: must be one of 1, "a"'],
    [{ multipleOf: 5 }, 3, '[] not_multiple_of: must be a multiple of 5'],
    [{ format: 'date' }, 'x', '[] invalid_format: must be a date such as 2030-12-31'],
    [{ format: 'uri' }, 'x', '[] invalid_format: must be a URL'],
    [{ pattern: '^a' }, 'x', '[] invalid_format: must match the pattern ^a'],
    [{ minProperties: 1 }, {}, '[] too_small: must have at least 1 member'],
    [{ maxItems: 1 }, [1, 2], '[] too_big: must have at most 1 item'],
    [{ exclusiveMaximum: 3 }, 3, '[] too_big: must be less than 3'],
    [{ uniqueItems: true }, [1, 1], '[] invalid: must not have the same item twice'],
    [{ contains: { const: 1 } }, [2, 3], '[] invalid: must have an item of the wanted form'],
    [{ not: { const: 1 } }, 1, '[] invalid: is not valid'],
    [{ items: { type: 'null' } }, [null, 1], '[1] invalid_type: must be null'],
    [{ anyOf: [{ type: 'string' }, { type: 'boolean' }] }, 1, '[] invalid: must be a string or true or false'],
    [{ oneOf: [{ type: 'number' }, { type: 'integer' }] }, 1, '[] invalid: must fit one form only'],
    [JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]}}'), { a: 1 }, '["b"] missing: is required'],
  ]
  for (const [schema, value, complaint] of rows) {
    test(complaint, () => assert.deepEqual(complaints(schema, value), [complaint]))
  }

  test('complains of the alternative that is meant, behind references too', () => {
    const schema = {
      $defs: {
        Leaf: {
          type: 'object',
          properties: { kind: { const: 'leaf' }, value: { type: 'integer' } },
          required: ['kind', 'value'],
        },
        Node: {
          type: 'object',
          properties: { kind: { const: 'node' }, children: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
          required: ['kind', 'children'],
        },
        Tree: { anyOf: [{ $ref: '#/$defs/Leaf' }, { $ref: '#/$defs/Node' }, { type: 'null' }] },
      },
      type: 'object',
      properties: { no: { type: 'integer' }, tree: { $ref: '#/$defs/Tree' } },
    }
    const tree = {
      kind: 'node',
      children: [{ kind: 'leaf', value: 1 }, { kind: 'leaf', value: 'x' }, { kind: 'leaf' }],
    }
    assert.deepEqual(complaints(schema, { no: 'x', tree }), [
      '["no"] invalid_type: must be an integer',
      '["tree","children",1,"value"] invalid_type: must be an integer',
      '["tree","children",2,"value"] missing: is required',
    ])
  })

  test('cannot be compiled when it is wrong, which is told in one sentence', () => {
    const model = jsonSchema({ type: 'thing' })
    assert.throws(() => model['~standard'].validate(1), {
      name: 'SchemaError',
      message: /^The JSON Schema cannot be compiled: /,
    })
  })

  test('may have the $id of another', () => {
    const [one, other] = [
      { $id: 'urn:a', type: 'string' },
      { $id: 'urn:a', type: 'number' },
    ]
    assert.deepEqual(complaints(one, 'x'), [])
    assert.deepEqual(complaints(other, 1), [])
  })
})

test('an app without plain JSON Schema does not load Ajv', () => {
  const module = new URL('./output-model.ts', import.meta.url)
  const script = `
    const { outputModel } = await import(${JSON.stringify(module.href)})
    const { z } = await import('zod')
    outputModel(z.object({ a: z.int() })).check({ a: 1 })
    const { createRequire } = await import('node:module')
    const loaded = Object.keys(createRequire(${JSON.stringify(module.href)}).cache).some((path) => path.includes('ajv'))
    process.exit(loaded ? 1 : 0)`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
  })
  assert.equal(status, 0, String(stderr))
})
