import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readOpenApi } from '../../openapi/read/read-open-api.ts'
import { replyCheck } from './reply-check.ts'

const order = {
  type: 'object',
  required: ['no', 'lines'],
  properties: {
    no: { type: 'integer', xml: { attribute: true } },
    lines: { type: 'array', items: { type: 'string', xml: { name: 'line' } }, xml: { wrapped: true } },
    at: { type: 'object', properties: { city: { type: 'string' } } },
  },
  xml: { name: 'order' },
}
const search = { type: 'object', required: ['q'], properties: { q: { type: 'string' }, page: { type: 'integer' } } }
const api = readOpenApi({
  openapi: '3.2.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders': {
      get: {
        responses: {
          200: {
            description: 'OK',
            headers: {
              'X-Sizes': { schema: { type: 'array', items: { type: 'integer' } } },
              'X-Range': { schema: { type: 'object', required: ['from'], properties: { from: { type: 'integer' } } } },
              'X-Spelled': { explode: true, schema: { type: 'object', properties: { from: { type: 'integer' } } } },
              'X-Data': { content: { 'application/json': { schema: { type: 'object', required: ['a'] } } } },
            },
            content: {
              'application/xml': { schema: { $ref: '#/components/schemas/Order' } },
              'application/x-www-form-urlencoded': { schema: { $ref: '#/components/schemas/Order' } },
            },
          },
        },
      },
    },
    '/files/{path}': {
      get: {
        responses: { 200: { description: 'OK', content: { 'application/json': { schema: { type: 'string' } } } } },
      },
    },
    '/search': {
      get: {
        parameters: [
          { name: 'all', in: 'querystring', content: { 'application/x-www-form-urlencoded': { schema: search } } },
        ],
        responses: { 204: { description: 'None' } },
      },
      delete: {
        parameters: [{ name: 'all', in: 'querystring', content: { 'application/json': { schema: search } } }],
        responses: { 204: { description: 'None' } },
      },
    },
  },
  components: { schemas: { Order: order } },
})

const checks = { own: replyCheck(api, { ownDocument: true }), other: replyCheck(api) }

function faults(
  headers: Readonly<Record<string, string>>,
  body: string,
  { path = '/orders', document = 'own' }: { readonly path?: string; readonly document?: 'own' | 'other' } = {},
): readonly string[] {
  const reply = { method: 'GET', path, status: 200, headers: new Headers(headers), body: Buffer.from(body) }
  return checks[document](reply).map(({ message }) => message)
}

const xml = { 'content-type': 'application/xml' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const right = '<order no="1"><lines><line>a</line></lines></order>'

suite('headers of replies', () => {
  test('are lists and objects where the document says so', () => {
    const good = { 'x-sizes': '1, 2', 'x-range': 'from,1', 'x-spelled': 'from=1', 'x-data': '{"a":"b, c"}' }
    assert.deepEqual(faults({ ...xml, ...good }, right), [])
    const bad = { 'x-sizes': '1, two', 'x-range': 'to,1', 'x-spelled': 'from=x', 'x-data': 'a' }
    assert.deepEqual(faults({ ...xml, ...bad }, right), [
      'The header X-Sizes of the 200 is wrong: at /1: expected a whole number, found "two"',
      'The header X-Range of the 200 is wrong: expected the member "from", found none',
      'The header X-Spelled of the 200 is wrong: at /from: expected a whole number, found "x"',
      'The header X-Data of the 200 is wrong: is no JSON: a',
    ])
  })
})

suite('bodies of replies', () => {
  test('of forms have their members, in texts', () => {
    assert.deepEqual(faults(form, 'no=1&lines=a&lines=b&at=%7B%22city%22%3A%22B%22%7D'), [])
    assert.deepEqual(faults(form, 'no=one&at=B'), [
      'The body of the 200 does not match at the root: expected the member "lines", found none',
      'The body of the 200 does not match at /no: expected a whole number, found "one"',
      'The body of the 200 does not match at /at: expected an object, found "B"',
    ])
  })

  test('of XML are as the document says, where it is our own', () => {
    assert.deepEqual(faults(xml, right), [])
    assert.deepEqual(faults(xml, '<order no="one"/>'), [
      'The body of the 200 does not match at the root: expected the member "lines", found none',
      'The body of the 200 does not match at /no: expected a whole number, found "one"',
    ])
    assert.match(faults(xml, '<order>')[0] ?? '', /^The body of the 200 is no XML \(.+\): <order>$/)
    assert.deepEqual(faults(xml, '<order no="one"/>', { document: 'other' }), [])
  })
})

suite('the last parameter of a path', () => {
  const json = { 'content-type': 'application/json' }

  test('takes in slashes in our own documents, which have no word for it', () => {
    assert.deepEqual(faults(json, '"x"', { path: '/files/a/b.txt' }), [])
    assert.deepEqual(faults(json, '5', { path: '/files/a/b.txt' }), [
      'The body of the 200 does not match at the root: expected a text, found 5',
    ])
  })

  test('is one segment in those of others', () => {
    assert.deepEqual(faults(json, '"x"', { path: '/files/a/b.txt', document: 'other' }), [
      'The API description has no path for /files/a/b.txt, but the reply is 200',
    ])
  })
})
