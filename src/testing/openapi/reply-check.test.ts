import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readOpenApi } from '../../openapi/read/read-open-api.ts'
import { replyCheck } from './reply-check.ts'

const pet = { $ref: '#/components/schemas/Pet' }
const api = readOpenApi({
  openapi: '3.2.0',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://pets.example/v1' }],
  paths: {
    '/pets': {
      get: {
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } },
          { name: 'status', in: 'query', explode: false, schema: { type: 'array', items: { enum: ['in', 'out'] } } },
          {
            name: 'filter',
            in: 'query',
            style: 'deepObject',
            schema: { type: 'object', properties: { age: { type: 'integer' } } },
          },
          { name: 'X-Key', in: 'header', required: true, schema: { type: 'string', minLength: 3 } },
        ],
        responses: {
          200: {
            description: 'OK',
            headers: { 'X-Total': { required: true, schema: { type: 'integer' } } },
            content: {
              'application/json': { schema: { type: 'array', items: pet } },
              'application/jsonl': { itemSchema: pet },
            },
          },
          '4XX': {
            description: 'No',
            content: { 'application/problem+json': { schema: { required: ['title'] } }, 'text/*': {} },
          },
        },
      },
      post: {
        requestBody: { required: true, content: { 'application/json': { schema: pet } } },
        responses: { 201: { description: 'Made' }, default: { description: 'All else', content: { '*/*': {} } } },
      },
    },
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', schema: { type: 'integer' } }],
      get: { responses: { 200: { description: 'OK', content: { 'application/json; v=2': { schema: pet } } } } },
      delete: { responses: { 204: { description: 'Gone' } } },
    },
    '/events': {
      get: {
        responses: {
          200: {
            description: 'OK',
            content: {
              'text/event-stream': {
                itemSchema: {
                  required: ['data', 'id'],
                  properties: {
                    data: { type: 'string', contentSchema: { type: 'integer' } },
                    retry: { type: 'integer' },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/pets/mine': { get: { responses: { 204: { description: 'None' } } } },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['id', 'name', 'secret'],
        properties: {
          id: { type: 'integer', readOnly: true },
          name: { type: 'string', pattern: '^[\\w-.]+$' },
          secret: { type: 'string', writeOnly: true },
          born: { type: 'string', format: 'date' },
          kind: { oneOf: [{ $ref: '#/components/schemas/Größe' }, { type: 'object', required: ['fur'] }] },
        },
      },
      Größe: { type: 'object', required: ['fins'], properties: { fins: { type: 'integer' } } },
    },
  },
})
const check = replyCheck(api)

type Given = readonly [
  method: string,
  path: string,
  status: number,
  headers?: Readonly<Record<string, string>>,
  body?: unknown,
]

function faults([method, path, status, headers = {}, body = '']: Given): readonly string[] {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return check({ method, path, status, headers: new Headers(headers), body: bytes }).map(({ message }) => message)
}

const json = { 'content-type': 'application/json; charset=utf-8', 'x-total': '1' }
const rex = { id: 1, name: 'Rex' }

suite('replyCheck takes', () => {
  const right: Readonly<Record<string, Given>> = {
    'a body that matches': ['GET', '/pets', 200, json, [rex]],
    'a path below a server': ['get', 'https://pets.example/v1/pets?limit=1', 200, json, []],
    'a path without the server': ['GET', '/pets', 200, json, []],
    'what is literal before a parameter': ['GET', '/v1/pets/mine', 204],
    'a range of statuses and of types': ['GET', '/pets', 404, { 'content-type': 'text/html' }, '<p>'],
    'a default': ['POST', '/pets', 500, { 'content-type': 'a/b' }, 'x'],
    'a type by its parameters': ['GET', '/pets/1', 200, { 'content-type': 'application/json;v=2' }, rex],
    'HEAD as GET without a body': ['HEAD', '/pets', 200, json],
    'items of a stream': [
      'GET',
      '/pets',
      200,
      { ...json, 'content-type': 'application/jsonl' },
      '{"id":1,"name":"a"}\n{"id":2,"name":"b"}\n',
    ],
    'server-sent events': [
      'GET',
      '/events',
      200,
      { 'content-type': 'text/event-stream' },
      ': hello\n\nid: 1\ndata: 1\ndata:\nretry: 5\n\ndata: cut off',
    ],
    'a body that is compressed': ['GET', '/pets', 200, { ...json, 'content-encoding': 'gzip' }, gzipSync('[]')],
    'a refusal where there is nothing': ['PUT', '/nothing', 404],
    'OPTIONS that a server answers by itself': ['OPTIONS', '/pets', 204],
  }
  for (const [what, given] of Object.entries(right)) test(what, () => assert.deepEqual(faults(given), []))
})

suite('replyCheck finds', () => {
  const wrong: Readonly<Record<string, readonly [given: Given, expected: readonly string[]]>> = {
    'an operation that is not documented': [
      ['PUT', '/pets', 200],
      ['The API description has no PUT for /pets, but the reply is 200'],
    ],
    'a path that is not documented': [
      ['GET', '/cats', 200],
      ['The API description has no path for /cats, but the reply is 200'],
    ],
    'a status that is not documented': [
      ['GET', '/pets', 500],
      ['The status 500 is not documented for GET /pets, which has 200, 4XX'],
    ],
    'a media type that is not documented': [
      ['GET', '/pets', 200, { ...json, 'content-type': 'text/html' }, '<p>'],
      ['The body of the 200 is text/html, which is not documented: application/json, application/jsonl is'],
    ],
    'a header that is missing': [
      ['GET', '/pets', 200, { 'content-type': 'application/json' }, []],
      ['The 200 has no header X-Total, which is documented as required'],
    ],
    'a header of another type': [
      ['GET', '/pets', 200, { ...json, 'x-total': 'many' }, []],
      ['The header X-Total of the 200 is wrong: expected a whole number, found "many"'],
    ],
    'members that are wrong, all at once': [
      ['GET', '/pets', 200, json, [{ id: '1', born: 'today' }]],
      [
        'The body of the 200 does not match at /0: expected the member "name", found none',
        'The body of the 200 does not match at /0/id: expected a whole number, found "1"',
        'The body of the 200 does not match at /0/born: expected a text of the format date, found "today"',
      ],
    ],
    'that no alternative fits, once': [
      ['GET', '/pets', 200, json, [{ ...rex, kind: { fins: 'two' } }]],
      [
        'The body of the 200 does not match at /0/kind: expected one of 2 alternatives, found {"fins":"two"} (nearest: at /0/kind/fins: expected a whole number, found "two")',
      ],
    ],
    'that several alternatives fit': [
      ['GET', '/pets', 200, json, [{ ...rex, kind: { fins: 2, fur: true } }]],
      [
        'The body of the 200 does not match at /0/kind: expected one of 2 alternatives, but 2 fit {"fins":2,"fur":true}',
      ],
    ],
    'an item of a stream that is wrong': [
      ['GET', '/pets', 200, { ...json, 'content-type': 'application/jsonl' }, '{"id":1,"name":"a"}\n{"id":2}\n'],
      ['The body of the 200 does not match in line 2 at the root: expected the member "name", found none'],
    ],
    'an event that is wrong': [
      ['GET', '/events', 200, { 'content-type': 'text/event-stream' }, 'id: 1\r\ndata: 1\r\n\r\ndata: "b"\r\n\r\n'],
      [
        'The body of the 200 does not match in event 2 at the root: expected the member "id", found none',
        'The body of the 200 does not match in event 2 in its data at the root: expected a whole number, found "b"',
      ],
    ],
    'a body where none is documented': [
      ['POST', '/pets', 201, {}, 'x'],
      ['The body of the 201 has 1 bytes, but none is documented'],
    ],
    'a body with a 204': [
      ['DELETE', '/pets/1', 204, {}, 'x'],
      ['The body of the 204 has 1 bytes, but a reply with this status has no body'],
    ],
    'a body to HEAD': [
      ['HEAD', '/pets', 200, json, '[]'],
      ['The body of the 200 has 2 bytes, but a reply to a HEAD has no body'],
    ],
    'a body that is missing': [
      ['GET', '/pets', 200, { 'x-total': '1' }],
      ['The body of the 200 is missing; application/json, application/jsonl is documented'],
    ],
    'bytes that are no UTF-8': [
      ['GET', '/pets', 200, json, Buffer.from([0x22, 0xff, 0x22])],
      ['The body of the 200 is no UTF-8, as JSON must be'],
    ],
  }
  for (const [what, [given, expected]] of Object.entries(wrong)) {
    test(what, () => assert.deepEqual(faults(given), expected))
  }

  test('what is no JSON', () =>
    assert.match(faults(['GET', '/pets', 200, json, '{'])[0] ?? '', /^The body of the 200 is no JSON \(.+\): \{$/))
})
