import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createKernel } from '../../kernel/kernel.ts'
import type { Operation } from '../../kernel/operation.ts'
import { type Service, service } from '../../kernel/service.ts'
import { del, get, post, type RestDefaults, rest } from '../rest-channel.ts'
import { describeRest } from './describe.ts'

function operationsOf(made: Service, defaults?: RestDefaults): readonly Operation[] {
  return describeRest(createKernel({ services: [made] }).services, defaults)
}

function operationOf(made: Service, defaults?: RestDefaults): Operation {
  const [operation, ...others] = operationsOf(made, defaults)
  assert.ok(operation)
  assert.deepEqual(others, [])
  return operation
}

const Item = z.object({ id: z.int(), name: z.string(), note: z.string().optional() })
const handle = (): void => {}

suite('the body of a strict service', () => {
  const bodyOf = (input: z.ZodObject, unknown: 'strict' | 'strip' = 'strict'): unknown => {
    const made = service({ name: 's', unknown, input, on: post('/s'), handle })
    return operationOf(made).body?.contents[0]?.schema
  }
  test('takes no further members, at any level that it describes itself', () => {
    const inner = z.object({ a: z.int() })
    assert.partialDeepStrictEqual(
      bodyOf(z.object({ one: inner, all: z.array(inner), more: z.record(z.string(), inner) })),
      {
        properties: {
          one: { additionalProperties: false },
          all: { items: { additionalProperties: false } },
          more: { additionalProperties: { additionalProperties: false } },
        },
        additionalProperties: false,
      },
    )
    assert.ok(!JSON.stringify(bodyOf(z.object({ one: inner }), 'strip')).includes('additionalProperties'))
  })
  test('leaves models alone that others use, and is closed beside the reference to one', () => {
    const Named = z.object({ a: z.int() }).meta({ id: 'NamedInBody' })
    assert.partialDeepStrictEqual(bodyOf(z.object({ one: Named, two: z.union([Named, z.null()]) })), {
      properties: {
        one: { $ref: '#/$defs/NamedInBody', unevaluatedProperties: false },
        two: { unevaluatedProperties: false },
      },
    })
    const strict = service({ name: 's', unknown: 'strict', input: z.object({ one: Named }), on: post('/s'), handle })
    assert.deepEqual(operationOf(strict).definitions.NamedInBody, {
      type: 'object',
      properties: { a: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } },
      required: ['a'],
    })
  })
  test('says of texts and choices of texts nothing about members', () => {
    const plain = z.object({ a: z.string().nullable(), b: z.union([z.string(), z.int()]) })
    assert.ok(!JSON.stringify(bodyOf(plain)).includes('unevaluated'))
  })
})

suite('an operation', () => {
  test('tells what its service and its channel say', () => {
    const made = service({
      name: 'shop.get-item',
      summary: 'Read an item',
      description: 'All of it.',
      tags: ['Shop'],
      deprecated: true,
      input: Item,
      on: get('/items/{id}', { hidden: true }),
      handle,
    })
    const { service: name, method, path, summary, description, tags, deprecated, hidden } = operationOf(made)
    assert.deepEqual(
      [name, method, path, summary, description, tags, deprecated, hidden],
      ['shop.get-item', 'GET', '/items/{id}', 'Read an item', 'All of it.', ['Shop'], true, true],
    )
  })
  test('is there for each channel of a service', () => {
    const made = service({ name: 's', on: [get('/a'), del('/b')], handle })
    assert.deepEqual(
      operationsOf(made).map(({ method, path }) => `${method} ${path}`),
      ['GET /a', 'DELETE /b'],
    )
  })
  test('has a parameter for each text member, under the name that is sent', () => {
    const channel = post('/items/{id}', { in: { name: { in: 'header', name: 'X-Name' }, note: 'cookie' } })
    const { parameters, body } = operationOf(service({ name: 's', input: Item, on: channel, handle }))
    assert.deepEqual(
      parameters.map(({ name, in: place, required }) => [place, name, required]),
      [
        ['path', 'id', true],
        ['header', 'x-name', true],
        ['cookie', 'note', false],
      ],
    )
    assert.equal(body, undefined)
  })
  test('has the whole model as its body where all of it is there', () => {
    const { body, parameters } = operationOf(service({ name: 's', input: Item, on: post('/items'), handle }))
    assert.deepEqual(
      body?.contents.map(({ type }) => type),
      ['application/json'],
    )
    assert.equal(body?.required, true)
    assert.deepEqual(Object.keys(body?.contents[0]?.schema?.properties ?? {}), ['id', 'name', 'note'])
    assert.deepEqual(parameters, [])
  })
  test('has the members that come in the body as its body, under the names that are sent', () => {
    const channel = post('/items/{id}', { in: { name: { in: 'body', name: 'full-name' } } })
    const { body } = operationOf(service({ name: 's', input: Item, on: channel, handle }))
    assert.deepEqual(body?.contents[0]?.schema, {
      type: 'object',
      properties: { 'full-name': { type: 'string' }, note: { type: 'string' } },
      required: ['full-name'],
    })
  })
  test('has a body under other names also where all of the model is there', () => {
    const channel = post('/items', { in: { name: { in: 'body', name: 'full-name' } } })
    const { body } = operationOf(service({ name: 's', input: Item, on: channel, handle }))
    assert.deepEqual(Object.keys(body?.contents[0]?.schema?.properties ?? {}), ['id', 'full-name', 'note'])
    assert.deepEqual(body?.contents[0]?.schema?.required, ['id', 'full-name'])
  })
  test('may leave a body out of which nothing is required', () => {
    const Changes = z.object({ id: z.int(), name: z.string().optional() })
    const { body } = operationOf(service({ name: 's', input: Changes, on: post('/items/{id}'), handle }))
    assert.equal(body?.required, false)
  })
  test('lists the statuses of all gates in front of it, and of what the service throws', () => {
    const statuses = (made: Service): string[] =>
      operationOf(made).problems.map(({ status, codes }) => `${status} ${codes.join(' ')}`)
    assert.deepEqual(statuses(service({ name: 's', input: Item, throws: ['conflict'], on: post('/items'), handle })), [
      '400 malformed_url malformed_body nesting_too_deep',
      '409 conflict',
      '413 body_too_large',
      '415 unsupported_media_type',
      '422 invalid_input',
      '500 internal_error',
    ])
    assert.deepEqual(statuses(service({ name: 's', input: Item, on: get('/items/{id}'), handle })), [
      '400 malformed_url',
      '422 invalid_input',
      '500 internal_error',
    ])
    assert.deepEqual(statuses(service({ name: 's', on: post('/run'), handle })), ['500 internal_error'])
  })
})

suite('the reply of an operation', () => {
  const replyOf = (made: Service, defaults?: RestDefaults): readonly [status: unknown, body: unknown] => {
    const { status, body } = operationOf(made, defaults).reply
    return [status, body?.contents[0]?.schema]
  }
  const output = z.object({ id: z.int() })
  const returns = { name: 's', output, handle: () => ({ id: 1 }) }

  test('is 200 with the output, or 204 without one', () => {
    const [status, schema] = replyOf(service({ ...returns, on: get('/x') }))
    assert.equal(status, 200)
    assert.deepEqual(Object.keys(Reflect.get(schema as object, 'properties')), ['id'])
    assert.deepEqual(replyOf(service({ name: 's', on: get('/x'), handle })), [204, undefined])
  })
  test('has the status of the channel, of its base or of the app, in this order', () => {
    const created = service.with({ on: rest({ status: 201 }) })
    assert.equal(replyOf(created({ ...returns, on: get('/x', { status: 202 }) }), { status: 203 })[0], 202)
    assert.equal(replyOf(created({ ...returns, on: get('/x') }), { status: 203 })[0], 201)
    assert.equal(replyOf(service({ ...returns, on: get('/x') }), { status: 203 })[0], 203)
  })
  test('has no body where its status has none', () => {
    for (const envelope of ['none', 'meta'] as const) {
      for (const status of [204, 205, 304]) {
        assert.deepEqual(replyOf(service({ ...returns, on: get('/x', { status, envelope }) })), [status, undefined])
      }
    }
  })
  test('is wrapped where the channel says so, also without an output', () => {
    const keysOf = (made: Service): unknown => Reflect.get(replyOf(made, { envelope: 'meta' })[1] as object, 'required')
    assert.deepEqual(keysOf(service({ ...returns, on: get('/x') })), ['meta', 'data'])
    assert.deepEqual(keysOf(service({ name: 's', on: get('/x'), handle })), ['meta'])
  })
  test('names its headers, those of the app and of the channel together', () => {
    const made = service({ ...returns, on: get('/x', { headers: { 'X-B': '1' } }) })
    const { headers } = operationOf(made, { headers: { 'X-A': '1' } }).reply
    assert.deepEqual(headers, ['X-Correlation-ID', 'X-A', 'X-B'])
  })
})
