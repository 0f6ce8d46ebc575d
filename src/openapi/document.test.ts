import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleOperation } from '../../test/docs-pages/sample-operation.ts'
import type { Operation } from '../kernel/operation.ts'
import { type OpenApiVersion, openApiDocument } from './document.ts'
import type { OpenApiDocument, OpenApiOperation } from './openapi-document.ts'

const documentOf = (operations: readonly Operation[], version?: OpenApiVersion): OpenApiDocument => {
  return openApiDocument({ title: 'Sample', version: '1.0.0', operations }, version)
}
const only = (operation: Operation, version?: OpenApiVersion): OpenApiOperation => {
  const [path] = Object.values(documentOf([operation], version).paths)
  const [described] = Object.values(path ?? {})
  return described ?? assert.fail('there is no operation')
}
const json = (schema: Record<string, unknown>) => ({ required: true, contents: [{ type: 'application/json', schema }] })

test('an API is described by what it says of itself, and nothing it does not say', () => {
  const { info, servers, security } = documentOf([])
  assert.deepEqual(
    { info, servers, security },
    { info: { title: 'Sample', version: '1.0.0' }, servers: [{ url: '/' }], security: [] },
  )
  const license = { name: 'MIT', identifier: 'MIT' }
  const contact = { name: 'Ann', email: 'ann@sample.test' }
  const said = openApiDocument({
    title: 'Sample',
    version: '2',
    description: 'All of it.',
    servers: ['https://a.sample.test', 'https://b.sample.test'],
    contact,
    license,
    operations: [],
  })
  assert.deepEqual(said.info, { title: 'Sample', version: '2', description: 'All of it.', contact, license })
  assert.deepEqual(said.servers, [{ url: 'https://a.sample.test' }, { url: 'https://b.sample.test' }])
})

test('each version of OpenAPI is named', () => {
  assert.deepEqual(
    ([undefined, '3.0', '3.1', '3.2'] as const).map((version) => documentOf([], version).openapi),
    ['3.1.0', '3.0.3', '3.1.0', '3.2.0'],
  )
})

test('an operation is described in full', () => {
  const described = only(
    sampleOperation({
      service: 'employee.get-employee',
      path: '/employees/{id}',
      description: 'By number.',
      tags: ['Employee'],
      deprecated: true,
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      body: json({ type: 'object' }),
      reply: {
        status: 201,
        headers: ['X-Correlation-ID', 'Cache-Control', 'Content-Type'],
        body: json({ type: 'string' }),
        definitions: {},
      },
    }),
  )
  assert.deepEqual(described, {
    operationId: 'getEmployee',
    summary: 'Read it',
    description: 'By number.',
    tags: ['Employee'],
    deprecated: true,
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
    responses: {
      '201': {
        description: 'Created',
        headers: {
          'X-Correlation-ID': { $ref: '#/components/headers/X-Correlation-ID' },
          'Cache-Control': { schema: { type: 'string' } },
        },
        content: { 'application/json': { schema: { type: 'string' } } },
      },
      '500': { $ref: '#/components/responses/InternalServerError' },
      default: { $ref: '#/components/responses/Refusal' },
    },
  })
})

test('a service without a summary is summed up by its name', () => {
  assert.equal(only(sampleOperation({ service: 'employee.get-employee', summary: undefined })).summary, 'Get employee')
})

test('content that nobody described has its type only', () => {
  const body = { required: false, contents: [{ type: 'text/csv' }, { type: 'text/plain' }] }
  assert.deepEqual(only(sampleOperation({ method: 'POST', body })).requestBody, {
    content: { 'text/csv': {}, 'text/plain': {} },
  })
})

test('what a schema says of a parameter as a whole moves to the parameter', () => {
  const schema = { type: 'string', description: 'Of what', deprecated: true, examples: ['a'], default: 'b' }
  const both = { type: 'string', examples: ['a', 'b'] }
  const { parameters } = only(
    sampleOperation({
      parameters: [
        { name: 'kind', in: 'query', required: false, schema },
        { name: 'kinds', in: 'query', required: false, schema: both },
      ],
    }),
  )
  assert.deepEqual(parameters, [
    {
      name: 'kind',
      in: 'query',
      description: 'Of what',
      deprecated: true,
      schema: { type: 'string', default: 'b' },
      example: 'a',
    },
    {
      name: 'kinds',
      in: 'query',
      schema: { type: 'string' },
      examples: { example1: { value: 'a' }, example2: { value: 'b' } },
    },
  ])
})

test('hidden operations leave no trace', () => {
  const hidden = sampleOperation({
    service: 'other.read',
    path: '/hidden',
    hidden: true,
    tags: ['Hidden'],
    reply: {
      status: 200,
      headers: [],
      body: json({ $ref: '#/$defs/Hidden' }),
      definitions: { Hidden: { type: 'object' } },
    },
    problems: [{ status: 404, codes: ['not_found'] }],
  })
  assert.deepEqual(documentOf([hidden, sampleOperation()]), documentOf([sampleOperation()]))
})

test('tags are listed in the order of their first use', () => {
  const operations = [['B', 'A'], [], ['C', 'B']].map((tags, index) => sampleOperation({ tags, path: `/${index}` }))
  assert.deepEqual(documentOf(operations).tags, [{ name: 'B' }, { name: 'A' }, { name: 'C' }])
})

test('the problems of a status are described once, with an example of each code', () => {
  const first = sampleOperation({ problems: [{ status: 400, codes: ['malformed_url'] }] })
  const second = sampleOperation({
    method: 'POST',
    problems: [
      { status: 400, codes: ['malformed_url', 'malformed_body'] },
      { status: 422, codes: ['invalid_input'] },
    ],
  })
  const { responses = {}, schemas } = documentOf([first, second]).components
  assert.deepEqual(Object.keys(responses), ['BadRequest', 'UnprocessableContent', 'Refusal'])
  assert.deepEqual(responses.Refusal?.content, {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  })
  assert.equal(responses.BadRequest?.description, 'Malformed URL or malformed body')
  assert.deepEqual(Object.keys(schemas ?? {}), ['Problem'])
  const examples = responses.BadRequest?.content?.['application/problem+json']?.examples ?? {}
  assert.deepEqual(Object.keys(examples), ['malformed_url', 'malformed_body'])
  assert.deepEqual(examples.malformed_url?.value, {
    type: '/docs/errors/malformed_url',
    title: 'Malformed URL',
    status: 400,
    detail: 'The URL holds a broken percent-encoding',
    code: 'malformed_url',
    cid: '5f0c954ed2744a5a9ad7d2d3b6d3e1f0',
  })
})

test('a problem of the app itself, which the catalogue does not know, is described by its status', () => {
  const { responses } = documentOf([
    sampleOperation({ problems: [{ status: 409, codes: ['out_of_stock'] }] }),
  ]).components
  assert.equal(responses?.Conflict?.description, 'Conflict')
  assert.deepEqual(responses?.Conflict?.content, {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  })
})

test('a channel for any method is an operation for each, but for those that have a channel of their own', () => {
  const any = sampleOperation({
    service: 'job.run',
    method: '*',
    body: json({ type: 'object', properties: { speed: { type: 'integer' }, note: {} }, required: ['speed'] }),
  })
  const { paths } = documentOf([any, sampleOperation({ service: 'job.stop', method: 'DELETE' })])
  const operations = Object.entries(paths['/sample'] ?? {})
  assert.deepEqual(
    operations.map(([method, { operationId, parameters, requestBody }]) => {
      return [method, operationId, parameters?.map(({ name, required }) => [name, required]), requestBody?.required]
    }),
    [
      [
        'get',
        'run',
        [
          ['speed', true],
          ['note', undefined],
        ],
        undefined,
      ],
      ['post', 'runPost', undefined, true],
      ['put', 'runPut', undefined, true],
      ['patch', 'runPatch', undefined, true],
      ['delete', 'stop', undefined, undefined],
    ],
  )
})

test('QUERY is described in OpenAPI 3.2, which is the first that can say it', () => {
  const operations = [sampleOperation({ method: 'QUERY' }), sampleOperation({ method: '*', path: '/any' })]
  const methods = (version: OpenApiVersion): string[] =>
    Object.values(documentOf(operations, version).paths).flatMap((path) => Object.keys(path))
  assert.deepEqual(methods('3.2'), ['query', 'get', 'query', 'post', 'put', 'patch', 'delete'])
  for (const version of ['3.0', '3.1'] as const) {
    assert.deepEqual(methods(version), ['get', 'post', 'put', 'patch', 'delete'])
  }
})

test('HEAD and OPTIONS are described where a channel asks for them', () => {
  const operations = [sampleOperation({ method: 'HEAD' }), sampleOperation({ method: 'OPTIONS' })]
  assert.deepEqual(Object.keys(documentOf(operations).paths['/sample'] ?? {}), ['head', 'options'])
})

test('OpenAPI 3.0 knows no SPDX identifier of a license, but the address of its text', () => {
  const license = { name: 'MIT', identifier: 'MIT' }
  const { info } = openApiDocument({ title: 'Sample', version: '1', license, operations: [] }, '3.0')
  assert.deepEqual(info.license, { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' })
})

test('the same API gives the same text', () => {
  const operations = [sampleOperation(), sampleOperation({ method: 'POST', tags: ['A'] })]
  assert.equal(JSON.stringify(documentOf(operations)), JSON.stringify(documentOf(operations)))
})

test('a text for the status of a problem says what it means here', () => {
  const named = { status: 409, description: 'Taken', headers: [], body: undefined, definitions: {} }
  const operation = sampleOperation({ problems: [{ status: 409, codes: ['conflict'] }], furtherReplies: [named] })
  const $ref = '#/components/responses/Conflict'
  assert.deepEqual(only(operation).responses[409], { $ref, description: 'Taken' })
  assert.deepEqual(only(operation, '3.0').responses[409], { $ref })
})
