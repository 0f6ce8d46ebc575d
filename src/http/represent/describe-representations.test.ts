import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createKernel } from '../../kernel/kernel.ts'
import { silentLogger } from '../../kernel/logger.ts'
import type { Operation } from '../../kernel/operation.ts'
import { service } from '../../kernel/service.ts'
import { describeRest } from '../describe/describe.ts'
import { createRest } from '../rest.ts'
import { get, post, type RestChannel } from '../rest-channel.ts'
import { renderer } from './renderer.ts'

const Book = z.object({ title: z.string() }).meta({ id: 'Book' })
const own = renderer({ name: 'own', types: ['application/x-own'], render: () => '' })
const json = renderer({
  name: 'json',
  types: ['text/json'],
  structured: true,
  render: (value) => JSON.stringify(value),
})

function kernelOf(on: RestChannel, output: z.ZodType | undefined = Book) {
  const one = service({ name: 'one', input: Book, output, on: on as never, handle: () => ({ title: '' }) as never })
  return createKernel({ services: [one], log: silentLogger })
}

function described(on: RestChannel, output?: z.ZodType): Operation {
  const [operation] = describeRest(kernelOf(on, output).services)
  assert.ok(operation)
  return operation
}

const contentsOf = (body: Operation['body']): unknown => body?.contents.map(({ type, schema }) => [type, schema])
const book = { $ref: '#/$defs/Book' }
const xmlBook = { ...book, xml: { name: 'book' } }

suite('the description of a channel', () => {
  test('has each representation of body and reply', () => {
    const { body, reply } = described(
      post('/x', { consumes: ['json', 'xml', 'yaml'], produces: ['xml', 'json', 'html', own] }),
    )
    assert.deepEqual(contentsOf(body), [
      ['application/json', book],
      ['application/xml', xmlBook],
      ['application/yaml', book],
    ])
    assert.deepEqual(contentsOf(reply.body), [
      ['application/xml', xmlBook],
      ['application/json', book],
      ['text/html', { type: 'string' }],
      ['application/x-own', undefined],
    ])
  })
  test('has what an own renderer writes by the model where it says that it keeps its structure', () => {
    const { reply } = described(get('/x', { produces: [json] }))
    assert.deepEqual(contentsOf(reply.body), [['text/json', book]])
    const other = described(get('/x', { produces: [{ ...json, structured: false }] }))
    assert.deepEqual(contentsOf(other.reply.body), [['text/json', undefined]])
  })
  test('has lists as CSV text', () => {
    const { reply } = described(get('/x', { produces: ['csv'] }), z.array(Book))
    assert.deepEqual(contentsOf(reply.body), [['text/csv', { type: 'string' }]])
  })
  test('has the ways to name a format, and the refusal', () => {
    const operation = described(get('/x', { produces: ['json', 'xml'], formatParameter: 'as', formatSuffix: true }))
    assert.deepEqual(operation.parameters.at(-1)?.schema, { type: 'string', enum: ['json', 'xml'] })
    assert.equal(operation.description, 'Also served as `/x.json`, `/x.xml`.')
    assert.deepEqual(operation.problems.find(({ status }) => status === 406)?.codes, ['not_acceptable'])
  })
  test('has no refusal where there is none', () => {
    const { problems } = described(get('/x', { accept: 'ignore' }))
    assert.ok(problems.every(({ status }) => status !== 406))
  })
  test('has what services make themselves also where Accept does not choose', () => {
    const made = get('/x', { produces: ['image/png'], accept: 'ignore' })
    const [operation] = describeRest(
      createKernel({ services: [service({ name: 'one', on: made, handle: () => {} })] }).services,
    )
    assert.equal(operation?.reply.status, 200)
    assert.deepEqual(contentsOf(operation.reply.body), [['image/png', undefined]])
    assert.ok(operation.problems.every(({ status }) => status !== 406))
  })
})

suite('a channel is refused at the start', () => {
  const cases: Record<string, [on: RestChannel, sentence: RegExp]> = {
    'that produces something unknown': [get('/x', { produces: ['jsn' as 'json'] }), /produces 'jsn', which is unknown/],
    'that produces what is no media type': [get('/x', { produces: ['image/' as 'image/png'] }), /no media type/],
    'that produces nothing': [get('/x', { produces: [] }), /produces nothing/],
    'that consumes something unknown': [
      post('/x', { consumes: ['csv' as 'json'] }),
      /consumes 'csv', which is unknown/,
    ],
    'that consumes nothing': [post('/x', { consumes: [] }), /consumes nothing/],
    'that makes CSV of no list': [get('/x', { produces: ['csv'] }), /its output is no list/],
    'that has suffixes of nothing': [get('/x', { formatSuffix: true }), /no 'produces'/],
  }
  for (const [what, [on, sentence]] of Object.entries(cases)) {
    test(what, () => assert.throws(() => createRest({ kernel: kernelOf(on) }), sentence))
  }
})
