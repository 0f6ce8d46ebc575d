import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readOpenApi } from '../../../openapi/read/read-open-api.ts'
import { createFit } from './fit.ts'
import { createJudge } from './judge.ts'
import type { Parts } from './parts.ts'

const schema = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 3 }, born: { type: 'string', format: 'date' } },
  required: ['name'],
}
const api = readOpenApi({
  openapi: '3.1.0',
  info: { title: 'Judged', version: '1' },
  paths: {
    '/things/{id}': {
      put: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
          { name: 'deep', in: 'query', schema: { type: 'boolean' } },
          { name: 'tags', in: 'query', schema: { type: 'array', items: { enum: ['a', 'b'] } } },
          { name: 'word', in: 'query', schema: { type: 'string', minLength: 1 } },
        ],
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: {},
      },
    },
  },
})
const judge = createJudge(createFit(api.schemas), api.schemas)
const base: Parts = {
  path: { id: 1 },
  query: {},
  header: {},
  cookie: {},
  body: { type: 'application/json', value: { name: 'Ada' } },
}
const [operation] = api.operations

function verdict(change: Partial<Parts>): string {
  assert.ok(operation)
  return judge(operation, { ...base, ...change })
}
const body = (value: unknown): Partial<Parts> => ({ body: { type: 'application/json', value } })

suite('the judge of requests', () => {
  const verdicts: Readonly<Record<string, readonly [Partial<Parts>, string]>> = {
    'what has to be given': [{}, 'valid'],
    'a path parameter below its minimum': [{ path: { id: 0 } }, 'invalid'],
    'a path parameter of another type': [{ path: { id: 'x' } }, 'invalid'],
    'a path parameter as a fraction': [{ path: { id: 1.5 } }, 'invalid'],
    'a missing path parameter': [{ path: {} }, 'invalid'],
    'a boolean as every server reads it': [{ query: { deep: true } }, 'valid'],
    'a boolean as some servers read it': [{ query: { deep: 'yes' } }, 'unsure'],
    'a text where a boolean is expected': [{ query: { deep: 'maybe' } }, 'invalid'],
    'null in a query': [{ query: { deep: null } }, 'unsure'],
    'a list of words': [{ query: { tags: ['a', 'b'] } }, 'valid'],
    'a list with a wrong word': [{ query: { tags: ['a', 'c'] } }, 'invalid'],
    'an empty list': [{ query: { tags: [] } }, 'unsure'],
    'an empty text': [{ query: { word: '' } }, 'unsure'],
    'a parameter that nobody knows': [{ query: { other: 'x' } }, 'unsure'],
    'a missing body': [{ body: undefined }, 'invalid'],
    'a body without a required member': [body({}), 'invalid'],
    'a member that is too long': [body({ name: 'Adam' }), 'invalid'],
    'a member of signs that count as one or as two': [body({ name: '😀😀' }), 'unsure'],
    'a member that no schema names': [body({ name: 'Ada', more: 1 }), 'unsure'],
    'a member that is null': [body({ name: null }), 'invalid'],
    'a date': [body({ name: 'Ada', born: '1815-12-10' }), 'valid'],
    'what is surely no date': [body({ name: 'Ada', born: 'nonsense' }), 'invalid'],
    'what some servers take for a date': [body({ name: 'Ada', born: '1815-12-10T00:00:00Z' }), 'unsure'],
    'a member with a NUL': [body({ name: 'a\0' }), 'unsure'],
    'a body of another type': [{ body: { type: 'text/plain', text: 'x' } }, 'unsure'],
  }
  for (const [what, [change, expected]] of Object.entries(verdicts)) {
    test(`finds ${what} ${expected}`, () => assert.equal(verdict(change), expected))
  }
})
