import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EmittedSchema } from './emitted-api.ts'
import { schemaType, type TypeWriter } from './schema-type.ts'

const ref = (name: string): EmittedSchema => ({ $ref: `#/components/schemas/${name}` })
const writer: TypeWriter = {
  nameOf: (name) => name,
  schemas: { A: { type: 'object' }, Cat: { properties: { kind: { const: 'cat' } } }, Dog: {} },
}

const text: EmittedSchema = { type: 'string' }
const oneWay = { id: { type: 'integer', readOnly: true }, secret: { type: 'string', writeOnly: true } }

const cases: Readonly<Record<string, readonly [schema: EmittedSchema, type: string]>> = {
  anything: [true, 'unknown'],
  nothing: [false, 'never'],
  'an empty schema': [{}, 'unknown'],
  'a number': [{ type: 'integer' }, 'number'],
  'a text or null': [{ type: ['string', 'null'] }, 'string | null'],
  'values of several types': [{ enum: ['a', 1, true, null, { b: [1] }] }, "'a' | 1 | true | null | { b: [1] }"],
  'a constant with quotes': [{ const: 'it\'s "so"' }, "'it\\'s \"so\"'"],
  'a list of choices': [{ type: 'array', items: { type: ['string', 'number'] } }, '(string | number)[]'],
  'a list of anything': [{ type: 'array' }, 'unknown[]'],
  'a tuple': [{ type: 'array', prefixItems: [text, { type: 'number' }], items: false }, '[string, number]'],
  'a tuple with a rest': [
    { prefixItems: [text], items: { type: ['number', 'null'] } },
    '[string, ...(number | null)[]]',
  ],
  'a tuple that may be short': [{ type: 'array', prefixItems: [text, text], minItems: 1 }, '[string, string?]'],
  'any object': [{ type: 'object' }, '{ [name: string]: unknown }'],
  'an object of which no members are described': [{ type: 'object', properties: {} }, '{ [name: string]: unknown }'],
  'an object without members': [{ type: 'object', additionalProperties: false }, '{ [name: string]: never }'],
  'a map': [{ type: 'object', additionalProperties: text }, '{ [name: string]: string }'],
  'members by a pattern': [{ type: 'object', patternProperties: { '^x': text } }, '{ [name: string]: string }'],
  'an object': [{ properties: { a: text, 'b-c': text }, required: ['a'] }, "{\n  a: string\n  'b-c'?: string\n}"],
  'an object with further members': [
    { properties: { a: text }, additionalProperties: { type: 'number' } },
    '{\n  a?: string\n  [name: string]: number | string | undefined\n}',
  ],
  'a member that is only required': [{ allOf: [ref('A'), { required: ['b'] }] }, 'A & {\n  b: unknown\n}'],
  'a choice inside a whole': [{ allOf: [ref('A'), { oneOf: [ref('B'), ref('C')] }] }, 'A & (B | C)'],
  'a choice that says it is an object': [{ type: 'object', anyOf: [ref('A'), ref('B')] }, 'A | B'],
  'a choice told apart by a member': [
    {
      oneOf: [ref('Cat'), ref('Dog')],
      discriminator: { propertyName: 'kind', mapping: { d: '#/components/schemas/Dog' } },
    },
    "Cat | ({ kind: 'd' } & Dog)",
  ],
  'what only comes back': [{ properties: oneWay }, '{\n  id?: number\n}'],
  'bytes in JSON': [{ type: 'string', contentMediaType: 'image/png' }, 'string'],
}

for (const [what, [schema, type]] of Object.entries(cases)) {
  test(`the type of ${what}`, () => {
    assert.equal(schemaType(writer, schema, { direction: 'reply', inForm: false }), type)
  })
}

test('the type of what is only sent, and of files in forms', () => {
  assert.equal(
    schemaType(writer, { properties: oneWay }, { direction: 'request', inForm: false }),
    '{\n  secret?: string\n}',
  )
  const file: EmittedSchema = { type: 'string', contentMediaType: 'image/png' }
  assert.equal(schemaType(writer, file, { direction: 'request', inForm: true }), 'Blob')
})
