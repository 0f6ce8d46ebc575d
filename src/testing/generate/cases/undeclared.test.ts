import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { AnySchema, Schemas } from '../../openapi/schema-parts.ts'
import { undeclaredMembers } from './undeclared.ts'

const named: AnySchema = { type: 'object', properties: { name: { type: 'string' } } }
const schemas: Schemas = {
  Node: { type: 'object', properties: { name: {}, next: { $ref: '#/components/schemas/Node' } } },
}

suite('undeclared members', () => {
  const cases: Readonly<Record<string, readonly [AnySchema, unknown, readonly string[]]>> = {
    'of an object': [named, { name: 'x', secret: 1 }, ['/secret']],
    'of objects in a list': [{ type: 'array', items: named }, [{ name: 'x' }, { 'a/b': 1 }], ['/1/a~1b']],
    'deep in what refers to itself': [
      { $ref: '#/components/schemas/Node' },
      { next: { next: { x: 1 } } },
      ['/next/next/x'],
    ],
    'but not those of one part of several': [
      { allOf: [named, { properties: { age: {} } }] },
      { name: 'x', age: 1, more: 2 },
      ['/more'],
    ],
    'but not those of one choice': [{ oneOf: [named, { properties: { age: {} } }] }, { age: 1 }, []],
    'but none of an object that says nothing of members': [{ type: 'object' }, { a: 1 }, []],
    'but none where others are welcome': [{ ...(named as object), additionalProperties: true }, { a: 1 }, []],
    'inside what is welcome': [
      { type: 'object', properties: { a: named }, additionalProperties: { type: 'object' } },
      { a: { b: 1 }, c: { d: 1 } },
      ['/a/b'],
    ],
    'but none where a choice is free': [{ anyOf: [named, { type: 'object' }] }, { a: 1 }, []],
    'of an object that is closed and empty': [{ type: 'object', additionalProperties: false }, { a: 1 }, ['/a']],
  }
  for (const [what, [schema, value, expected]] of Object.entries(cases)) {
    test(`are found ${what}`, () => assert.deepEqual(undeclaredMembers(schema, value, schemas), expected))
  }
})
