import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { JsonSchema } from '../../schema/schema.ts'
import { DocumentError } from './document-error.ts'
import type { ReadApi, ReadOperation } from './read-api.ts'
import { readOpenApi } from './read-open-api.ts'

const info = { title: 'Test', version: '1' }
const ok = { responses: { 200: { description: 'OK' } } }

function readOne(operation: object, rest: object = {}, openapi = '3.1.0'): ReadOperation {
  const api = readOpenApi({ openapi, info, paths: { '/a/{id}': { get: { ...ok, ...operation } } }, ...rest })
  const [first] = api.operations
  assert.ok(first !== undefined)
  return first
}

function readSchema(schema: object, openapi = '3.0.3', others: object = {}): unknown {
  return readOpenApi({ openapi, info, components: { schemas: { A: schema, ...others } } }).schemas.A
}

suite('readOpenApi', () => {
  test('reads what a document says of itself, with servers filled in', () => {
    const servers = [
      {
        url: 'https://{region}.example/{version}',
        variables: { region: { default: 'eu' }, version: { default: 'v1' } },
      },
      { url: '/local' },
    ]
    const api = readOpenApi({ openapi: '3.2.0', info: { ...info, description: 'D' }, servers })
    assert.deepEqual(api, {
      openapi: '3.2.0',
      title: 'Test',
      version: '1',
      description: 'D',
      servers: ['https://eu.example/v1', '/local'],
      operations: [],
      schemas: {},
      securitySchemes: {},
    } satisfies ReadApi)
  })

  test('takes the parameters of the path, of the operation, and those that nobody describes', () => {
    const item = {
      parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }, { $ref: '#/components/parameters/Id' }],
      get: { ...ok, parameters: [{ name: 'page', in: 'query', required: true, schema: { type: 'string' } }] },
    }
    const components = { parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'integer' } } } }
    const { operations } = readOpenApi({ openapi: '3.1.0', info, paths: { '/a/{id}/{other}': item }, components })
    const shown = operations[0]?.parameters.map(({ name, in: place, required, schema }) => [
      name,
      place,
      required,
      schema,
    ])
    assert.deepEqual(shown, [
      ['other', 'path', true, { type: 'string' }],
      ['page', 'query', true, { type: 'string' }],
      ['id', 'path', true, { type: 'integer' }],
    ])
  })

  test('fills in style and explode as OpenAPI says, and leaves out headers that are said elsewhere', () => {
    const of = (name: string, place: string, more: object = {}): object => ({ name, in: place, schema: {}, ...more })
    const { parameters } = readOne({
      parameters: [
        of('id', 'path'),
        of('q', 'query'),
        of('p', 'query', { style: 'pipeDelimited' }),
        of('d', 'query', { style: 'deepObject' }),
        of('h', 'header'),
        of('Content-Type', 'header'),
        of('c', 'cookie'),
        of('json', 'query', { schema: undefined, content: { 'application/json': { schema: { type: 'object' } } } }),
      ],
    })
    assert.deepEqual(
      parameters.map(({ name, style, explode, contentType }) => [name, style, explode, contentType]),
      [
        ['id', 'simple', false, undefined],
        ['q', 'form', true, undefined],
        ['p', 'pipeDelimited', false, undefined],
        ['d', 'deepObject', true, undefined],
        ['h', 'simple', false, undefined],
        ['c', 'form', true, undefined],
        ['json', 'form', true, 'application/json'],
      ],
    )
  })

  test('resolves bodies, replies, headers, links, examples, path items and security schemes', () => {
    const api = readOpenApi({
      openapi: '3.1.0',
      info,
      security: [{ key: [] }],
      paths: { '/a': { $ref: '#/components/pathItems/A' } },
      components: {
        pathItems: {
          A: {
            post: {
              requestBody: { $ref: '#/components/requestBodies/B' },
              responses: { '2xx': { $ref: '#/components/responses/R', description: 'Mine' } },
            },
          },
        },
        requestBodies: {
          B: { required: true, content: { 'text/plain': { examples: { one: { $ref: '#/components/examples/E' } } } } },
        },
        responses: {
          R: {
            description: 'Theirs',
            headers: { 'X-A': { $ref: '#/components/headers/H' } },
            links: { next: { $ref: '#/components/links/L' } },
          },
        },
        headers: { H: { required: true, schema: { type: 'integer' } } },
        links: { L: { operationId: 'next', parameters: { id: '$response.body#/id' } } },
        examples: { E: { value: 'Hello' } },
        securitySchemes: {
          key: { $ref: '#/components/securitySchemes/real' },
          real: { type: 'apiKey', in: 'header', name: 'X-Key' },
        },
      },
    })
    const [operation] = api.operations
    assert.deepEqual(operation?.security, [{ key: [] }])
    assert.deepEqual(operation?.body?.contents[0]?.examples, [{ name: 'one', value: 'Hello' }])
    const [reply] = operation?.replies ?? []
    assert.equal(reply?.status, '2XX')
    assert.equal(reply?.shared, 'R')
    assert.equal(reply?.description, 'Mine')
    assert.deepEqual(reply?.headers, [
      {
        name: 'X-A',
        required: true,
        schema: { type: 'integer' },
        explode: false,
        contentType: undefined,
        description: undefined,
      },
    ])
    assert.equal(reply?.links[0]?.operationId, 'next')
    assert.equal(api.securitySchemes.key?.name, 'X-Key')
  })

  test('reads what 3.2 has added, and only from 3.2', () => {
    const item = { query: ok, additionalOperations: { LINK: ok }, get: ok }
    const methods = (openapi: string): readonly string[] =>
      readOpenApi({ openapi, info, paths: { '/a': item } }).operations.map(({ method }) => method)
    assert.deepEqual(methods('3.2.0'), ['QUERY', 'GET', 'LINK'])
    assert.deepEqual(methods('3.1.0'), ['GET'])
  })

  test('leaves extensions and webhooks alone', () => {
    const api = readOpenApi({
      openapi: '3.1.0',
      info,
      'x-own': 1,
      webhooks: { a: { post: ok } },
      paths: { 'x-own': 5, '/a': { 'x-own': 1, get: { responses: { 200: { description: 'OK' }, 'x-own': 'text' } } } },
      components: { schemas: { A: { type: 'object', 'x-own': 1 } } },
    })
    assert.equal(api.operations.length, 1)
    assert.deepEqual(api.schemas, { A: { type: 'object' } })
  })
})

suite('schemas of OpenAPI 3.0 in JSON Schema 2020-12', () => {
  const cases: Readonly<Record<string, readonly [schema: JsonSchema, expected: JsonSchema]>> = {
    'a type or null': [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
    'values or null': [
      { type: 'string', nullable: true, enum: ['a'] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    'a reference or null': [
      { nullable: true, description: 'D', allOf: [{ $ref: '#/components/schemas/B' }] },
      { description: 'D', anyOf: [{ allOf: [{ $ref: '#/components/schemas/B' }] }, { type: 'null' }] },
    ],
    'exclusive bounds': [
      { minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
      { exclusiveMinimum: 1, maximum: 9 },
    ],
    'an example': [
      { type: 'string', example: 'a' },
      { type: 'string', examples: ['a'] },
    ],
    bytes: [
      { type: 'string', format: 'binary' },
      { contentMediaType: 'application/octet-stream', type: 'string' },
    ],
    'bytes in base64': [
      { type: 'string', format: 'byte' },
      { type: 'string', contentEncoding: 'base64' },
    ],
    'what stands beside a reference': [
      { $ref: '#/components/schemas/B', type: 'string' },
      { $ref: '#/components/schemas/B' },
    ],
    'what is inside': [
      { type: 'object', properties: { example: { type: 'integer', nullable: true } }, additionalProperties: false },
      { type: 'object', properties: { example: { type: ['integer', 'null'] } }, additionalProperties: false },
    ],
  }
  for (const [what, [schema, expected]] of Object.entries(cases)) {
    test(what, () => assert.deepEqual(readSchema(schema, '3.0.3', { B: {} }), expected))
  }
})

suite('references of schemas', () => {
  test('lead to schemas with names, wherever they stand', () => {
    const { schemas } = readOpenApi({
      openapi: '3.1.0',
      info,
      components: {
        schemas: {
          A: {
            type: 'object',
            properties: { b: { type: 'object', properties: { a: { $ref: '#/components/schemas/A' } } } },
          },
          C: { $ref: '#/components/schemas/A/properties/b' },
          'D«A»': { $ref: '#tree' },
          E: {
            $id: 'https://example.com/e',
            $anchor: 'tree',
            $defs: { leaf: { type: 'integer' } },
            items: { $ref: '#/$defs/leaf' },
          },
          F: { $ref: 'https://example.com/e#/$defs/leaf', description: 'Mine' },
        },
      },
    })
    assert.deepEqual(schemas, {
      A: {
        type: 'object',
        properties: { b: { type: 'object', properties: { a: { $ref: '#/components/schemas/A' } } } },
      },
      C: { type: 'object', properties: { a: { $ref: '#/components/schemas/A' } } },
      D_A: { $ref: '#/components/schemas/E' },
      E: { items: { $ref: '#/components/schemas/ELeaf' } },
      F: { $ref: '#/components/schemas/ELeaf', description: 'Mine' },
      ELeaf: { type: 'integer' },
    })
  })

  test('of discriminators become whole, whether they were names or references', () => {
    const discriminator = { propertyName: 'kind', mapping: { a: 'B', b: '#/components/schemas/B' } }
    const schema = readSchema({ oneOf: [{ $ref: '#/components/schemas/B' }], discriminator }, '3.1.0', { B: {} })
    assert.deepEqual((schema as JsonSchema).discriminator, {
      propertyName: 'kind',
      mapping: { a: '#/components/schemas/B', b: '#/components/schemas/B' },
    })
  })
})

suite('small faults of documents in use', () => {
  test('security that is one requirement, and no list of them, is read as one', () => {
    assert.deepEqual(readOne({ security: { key: [], login: ['read'] } }).security, [{ key: [], login: ['read'] }])
  })

  test('a discriminator that maps a value to what is not there does without it', () => {
    const mapping = { a: 'models/lost.yml', b: '#/components/schemas/Lost', c: '#/components/schemas/B' }
    const schema = readSchema(
      { oneOf: [{ $ref: '#/components/schemas/B' }], discriminator: { propertyName: 'kind', mapping } },
      '3.0.3',
      { B: {} },
    )
    assert.deepEqual((schema as JsonSchema).discriminator, {
      propertyName: 'kind',
      mapping: { c: '#/components/schemas/B' },
    })
  })
})

suite('a document that is wrong', () => {
  const paths = (operation: unknown): object => ({ openapi: '3.1.0', info, paths: { '/a': { get: operation } } })
  const schemas = (all: object): object => ({ openapi: '3.1.0', info, components: { schemas: all } })
  const mistakes: Readonly<Record<string, readonly [document: unknown, message: RegExp]>> = {
    'is null': [null, /^The API description is null, not an object\.$/],
    'is a list': [[], /^The API description is a list/],
    'is empty': [{}, /^The API description has no "openapi": /],
    'is Swagger': [{ swagger: '2.0' }, /is one of Swagger 2\.0: convert it to OpenAPI 3 first/],
    'is of another version': [{ openapi: '4.0.0' }, /OpenAPI 4\.0\.0, which cannot be read/],
    'has paths of another kind': [{ openapi: '3.1.0', paths: [] }, /#\/paths is a list, not an object/],
    'has a path without a slash': [{ openapi: '3.1.0', paths: { a: {} } }, /#\/paths\/a is no path/],
    'has an operation of another kind': [paths('x'), /#\/paths\/~1a\/get is a text, not an object/],
    'has a parameter without a place': [
      paths({ parameters: [{ name: 'x' }] }),
      /#\/paths\/~1a\/get\/parameters\/0 has no "in": write one of path, /,
    ],
    'has a status that is none': [paths({ responses: { OK: {} } }), /#\/paths\/~1a\/get\/responses\/OK is no reply/],
    'refers to what is not there': [
      paths({ responses: { 200: { $ref: '#/components/responses/X' } } }),
      /responses\/200 refers to #\/components\/responses\/X, which the document does not have/,
    ],
    'refers to another document': [
      paths({ requestBody: { $ref: 'b.yaml#/B' } }),
      /requestBody refers to b\.yaml#\/B, which is in another document/,
    ],
    'goes in circles': [
      { openapi: '3.1.0', paths: { '/a': { $ref: '#/paths/~1b' }, '/b': { $ref: '#/paths/~1a' } } },
      /#\/paths\/~1a refers to itself through #\/paths\/~1b/,
    ],
    'has a broken pointer': [paths({ requestBody: { $ref: '#/%zz' } }), /refers to #\/%zz/],
    'has a type that is none': [
      schemas({ A: { properties: { b: { type: 'any' } } } }),
      /#\/components\/schemas\/A\/properties\/b\/type is "any", which is no type/,
    ],
    'has a member that is required by itself': [
      schemas({ A: { required: true } }),
      /A\/required is true: write the list of members/,
    ],
    'has a schema that is a text': [schemas({ A: 'string' }), /#\/components\/schemas\/A is a text, not a schema/],
    'has an endless schema': [
      schemas({
        A: { oneOf: [{ $ref: '#/components/schemas/B' }] },
        B: { allOf: [{ $ref: '#/components/schemas/A' }] },
      }),
      /#\/components\/schemas\/A contains itself \(A, B, A\)/,
    ],
    'has a server without an address': [{ openapi: '3.1.0', servers: [{}] }, /#\/servers\/0 has no "url"/],
    'has a server with a variable that is not said': [
      { openapi: '3.1.0', servers: [{ url: '/{a}' }] },
      /has no default for \{a\}/,
    ],
    'contains itself': [selfContaining(), /nested too deeply/],
  }
  for (const [what, [document, message]] of Object.entries(mistakes)) {
    test(`that ${what} is refused in one sentence with its place`, () => {
      assert.throws(
        () => readOpenApi(document),
        (error) => {
          assert.ok(error instanceof DocumentError, String(error))
          assert.match(error.message, message)
          return true
        },
      )
    })
  }

  test('never ends in an error that nobody foresaw, whatever stands where', () => {
    const whole = JSON.stringify({
      openapi: '3.2.0',
      info,
      servers: [{ url: '/{a}', variables: { a: { default: 'b' } } }],
      security: [{ key: [] }],
      paths: {
        '/a/{b}': {
          parameters: [{ name: 'b', in: 'path', schema: {} }],
          post: {
            requestBody: { content: { 'a/b': { schema: { $ref: '#/components/schemas/A' }, encoding: { a: {} } } } },
            responses: {
              200: {
                headers: { A: { schema: {} } },
                links: { l: {} },
                content: { 'a/b': { examples: { e: { value: 1 } } } },
              },
            },
          },
        },
      },
      components: {
        schemas: {
          A: {
            type: 'object',
            properties: { a: { enum: [1] } },
            required: ['a'],
            oneOf: [{}],
            discriminator: { propertyName: 'a', mapping: { x: 'A' } },
          },
        },
        securitySchemes: { key: { type: 'http', scheme: 'basic' } },
      },
    })
    for (const odd of [null, 5, 'text', true, [], {}, [null], { a: null }, [[]]]) {
      for (const at of placesIn(JSON.parse(whole))) {
        const document: unknown = JSON.parse(whole)
        replaceAt(document, at, odd)
        try {
          readOpenApi(document)
        } catch (error) {
          assert.ok(error instanceof DocumentError, `${at.join('/')} as ${JSON.stringify(odd)}: ${error}`)
        }
      }
    }
  })
})

function selfContaining(): object {
  const schema: Record<string, unknown> = { type: 'object' }
  schema.properties = { again: schema }
  return { openapi: '3.1.0', info, components: { schemas: { A: schema } } }
}

function placesIn(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [[...at, name], ...placesIn(inner, [...at, name])])
}

function replaceAt(document: unknown, at: readonly string[], value: unknown): void {
  const owner = at.slice(0, -1).reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), document)
  Reflect.set(Object(owner), at.at(-1) ?? '', value)
}
