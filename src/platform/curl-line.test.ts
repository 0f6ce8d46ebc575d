import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Operation } from '../kernel/operation.ts'
import { curlLine } from './curl-line.ts'

const plain: Operation = {
  service: 'a.b',
  method: 'GET',
  path: '/a',
  summary: undefined,
  description: undefined,
  tags: [],
  deprecated: false,
  hidden: false,
  parameters: [],
  body: undefined,
  reply: { status: 200, headers: [], body: undefined, definitions: {} },
  problems: [],
  definitions: {},
}
const url = 'http://127.0.0.1:17010'
const parameter = (name: string, place: 'path' | 'query', schema: object, required = true) => ({
  ...{ name, in: place, required, schema: { ...schema } },
})

suite('a curl line', () => {
  test('calls the first GET operation', () => {
    const line = curlLine([{ ...plain, method: 'POST' }, { ...plain, path: '/b' }, plain], url)
    assert.equal(line, `curl ${url}/b`)
  })

  test('leaves out what asks for credentials, unless all do', () => {
    const secured = { ...plain, security: [{ basic: [] }] }
    const optional = { ...plain, path: '/optional', security: [{ basic: [] }, {}] }
    assert.equal(curlLine([secured, { ...plain, path: '/b' }], url), `curl ${url}/b`)
    assert.equal(curlLine([secured, optional], url), `curl ${url}/optional`)
    assert.equal(curlLine([secured], url), `curl ${url}/a`)
  })

  test('fills what the operation needs with examples, and leaves out the rest', () => {
    const parameters = [
      parameter('employee_no', 'path', { $ref: '#/$defs/Number' }),
      parameter('day', 'path', { type: 'string', examples: ['a b/c'] }),
      parameter('size', 'query', { type: 'integer', minimum: 10 }),
      parameter('active', 'query', { type: 'boolean' }),
      parameter('page', 'query', { type: 'integer' }, false),
    ]
    const definitions = { Number: { type: 'integer', examples: [123] } }
    const operation = { ...plain, path: '/get/{employee_no}/{day}', parameters, definitions }
    assert.equal(curlLine([operation], url), `curl '${url}/get/123/a%20b%2Fc?size=10&active=true'`)
  })

  test('sends a body where there is nothing to GET', () => {
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', examples: ["O'Hara"] },
        tags: { type: 'array', items: { enum: ['a'] } },
        note: {},
      },
      required: ['name', 'tags'],
    }
    const body = { contents: [{ type: 'application/json', schema }], required: true }
    assert.equal(
      curlLine([{ ...plain, method: 'POST', body }], url),
      `curl -X POST -H 'Content-Type: application/json' -d '{"name":"O'\\''Hara","tags":["a"]}' ${url}/a`,
    )
  })

  test('is none where there is no operation', () => {
    assert.equal(curlLine([], url), undefined)
  })
})
