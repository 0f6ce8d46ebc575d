import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createKernel } from '../../kernel/kernel.ts'
import type { Operation } from '../../kernel/operation.ts'
import { type Service, service } from '../../kernel/service.ts'
import { createRest } from '../rest.ts'
import { get, post } from '../rest-channel.ts'
import { describeRest } from './describe.ts'
import { webhook } from './webhook.ts'

const Car = z.object({ id: z.int(), colour: z.string() })
const read = service({
  name: 'read',
  input: Car.pick({ id: true }),
  output: Car,
  on: get('/cars/{id}'),
  handle: () => red,
})
const red = { id: 7, colour: 'red' }

const operations = (...services: readonly Service[]): readonly Operation[] =>
  describeRest(createKernel({ services }).services)

suite('what a channel says for its readers', () => {
  test('shows examples where their members belong', () => {
    const examples = { red: { summary: 'A red one', input: { ...red, tenant: 't1' }, output: red } }
    const [add] = operations(
      service({
        name: 'add',
        input: Car.extend({ tenant: z.string(), note: z.string().optional() }),
        output: Car,
        on: post('/cars/{id}', { in: { tenant: 'header', colour: { in: 'body', name: 'color' } }, examples }),
        handle: () => red,
      }),
    )
    assert.ok(add)
    assert.deepEqual(
      add.parameters.map((each) => [each.name, each.examples?.red]),
      [
        ['id', { summary: 'A red one', value: 7 }],
        ['tenant', { summary: 'A red one', value: 't1' }],
      ],
    )
    assert.deepEqual(add.body?.contents[0]?.examples, { red: { summary: 'A red one', value: { color: 'red' } } })
    assert.deepEqual(add.reply.body?.contents[0]?.examples, { red: { summary: 'A red one', value: red } })
  })
  test('names what else may be answered', () => {
    const replies = {
      202: 'Later',
      default: { description: 'Whatever was asked for', types: ['text/plain', 'image/png'] },
    }
    const [run] = operations(service({ name: 'run', on: get('/run', { replies }), handle: () => {} }))
    const shared = { headers: ['X-Correlation-ID'], definitions: {} }
    const contents = [{ type: 'text/plain' }, { type: 'image/png' }]
    assert.deepEqual(run?.furtherReplies, [
      { ...shared, status: 202, description: 'Later', body: undefined },
      { ...shared, status: 'default', description: 'Whatever was asked for', body: { required: true, contents } },
    ])
  })
  test('says what the success means here', () => {
    const on = get('/cars', { replies: { 200: 'All the cars' } })
    const [list] = operations(service({ name: 'list', output: Car, on, handle: () => red }))
    assert.equal(list?.reply.description, 'All the cars')
    assert.equal(list?.reply.body?.contents[0]?.type, 'application/json')
    assert.equal(list?.furtherReplies, undefined)
  })
  test('shows outputs in their envelope', () => {
    const enveloped = get('/cars', { envelope: 'meta', examples: { red: { output: red } } })
    const [list] = operations(service({ name: 'list', output: Car, on: enveloped, handle: () => red }))
    const value = list?.reply.body?.contents[0]?.examples?.red?.value
    assert.deepEqual(Object.keys(value as object), ['meta', 'data'])
  })
  test('leads to other services by themselves or by their names', () => {
    const links = {
      read: { service: read, parameters: { id: '$response.body#/id' } },
      same: { service: 'read' },
    }
    const [add] = operations(
      service({ name: 'add', output: Car, on: post('/cars', { links }), handle: () => red }),
      read,
    )
    assert.deepEqual(add?.reply.links, {
      read: { service: 'read', parameters: { id: '$response.body#/id' } },
      same: { service: 'read' },
    })
  })
  test('cannot lead to a name that no service has', () => {
    const channel = post('/cars', { links: { gone: { service: 'nobody' } } })
    const kernel = createKernel({ services: [service({ name: 'add', on: channel, handle: () => {} })] })
    assert.throws(
      () => createRest({ kernel }),
      /POST \/cars \(add\) links to nobody, but there is no such service: correct the name/,
    )
  })
  test('names the requests that it brings about', () => {
    const painted = { '{$request.body#/notify}': webhook({ body: Car }) }
    const channel = post('/paint', { callbacks: { painted } })
    const [paint] = operations(service({ name: 'paint', on: channel, handle: () => {} }))
    assert.deepEqual(paint?.callbacks, { painted })
  })
})

suite('a webhook', () => {
  test('is a POST that is answered with nothing, where nothing is said', () => {
    const { method, reply, body } = webhook({})
    assert.deepEqual([method, reply.status, reply.body, body], ['POST', 204, undefined, undefined])
  })
  test('has the models of what is sent and of what is answered', () => {
    const Named = Car.meta({ id: 'Car' })
    const { body, reply, definitions } = webhook({ method: 'PUT', body: z.object({ car: Named }), answer: z.boolean() })
    assert.deepEqual(Object.keys(definitions), ['Car'])
    assert.deepEqual(
      body?.contents.map(({ type }) => type),
      ['application/json'],
    )
    assert.deepEqual([reply.status, reply.body?.contents[0]?.schema?.type], [200, 'boolean'])
  })
})
