import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createKernel } from '../../../kernel/kernel.ts'
import type { Operation } from '../../../kernel/operation.ts'
import { service } from '../../../kernel/service.ts'
import { outputModel } from '../../../schema/output-model.ts'
import { dereference, toSchema } from '../../../schema/reference.ts'
import type { JsonSchema } from '../../../schema/schema.ts'
import { describeRest } from '../../describe/describe.ts'
import { get, type RestChannel } from '../../rest-channel.ts'
import { xmlWriter } from './xml-writer.ts'

const Author = z.object({ name: z.string(), nick_names: z.array(z.string()).nullable() }).meta({ id: 'Author' })
const Names = z.array(z.string()).meta({ id: 'Names' })
const Book = z
  .object({
    no: z.int().meta({ xml: { attribute: true } }),
    authors: z.array(Author),
    cities: Names,
    'a b': z.int(),
    grid: z.array(z.array(z.int())),
    tags: z.array(z.string()).meta({ xml: { name: 'tag', wrapped: false } }),
    words: z.array(z.string().meta({ xml: { name: 'w' } })).meta({ xml: { wrapped: false } }),
    genre: z.string().meta({ xml: { name: 'kind' } }),
  })
  .meta({ id: 'Book' })
const book = {
  no: 7,
  authors: [{ name: 'A', nick_names: ['a', 'b'] }],
  cities: ['Rome'],
  'a b': 1,
  grid: [[1, 2], [3]],
  tags: ['x', 'y'],
  words: ['z'],
  genre: 'Novel',
}

/** What OpenAPI says that a value looks like, by the XML Objects alone (4.8.26). */
function bySpecification(name: string, value: unknown, schema: JsonSchema, root: JsonSchema): string {
  const target = dereference(schema, root)
  const { name: own = name, wrapped = false } = { ...toSchema(target.xml), ...toSchema(schema.xml) }
  if (Array.isArray(value)) {
    const list = toSchema(target.anyOf === undefined ? target : (target.anyOf as JsonSchema[])[0])
    const isWrapped = wrapped === true || toSchema(list.xml).wrapped === true
    const items = value.map((each) => bySpecification(isWrapped ? String(own) : name, each, toSchema(list.items), root))
    return isWrapped ? `<${own}>${items.join('')}</${own}>` : items.join('')
  }
  if (typeof value !== 'object' || value === null) return `<${own}>${value}</${own}>`
  let attributes = ''
  let content = ''
  for (const [key, each] of Object.entries(value)) {
    const member = toSchema(toSchema(target.properties)[key])
    if (toSchema(member.xml).attribute === true) attributes += ` ${key}="${each}"`
    else content += bySpecification(key, each, member, root)
  }
  return `<${own}${attributes}>${content}</${own}>`
}

function described(on: RestChannel, others: readonly RestChannel[] = []): Operation {
  const output = z.array(Book)
  const services = [on, ...others].map((channel, index) =>
    service({ name: `s${index}`, output, on: channel as never, handle: () => [] }),
  )
  const [operation] = describeRest(createKernel({ services }).services)
  return operation ?? assert.fail('there is no operation')
}

test('a document says of XML just what is sent', () => {
  const { reply } = described(get('/x', { produces: ['json', 'xml'] }))
  const [, xml] = reply.body?.contents ?? []
  const root = { $defs: reply.definitions }
  const { json } = outputModel(z.array(Book))
  const sent = xmlWriter(json)([book])
  assert.equal(
    sent,
    `<?xml version="1.0" encoding="UTF-8"?>\n${bySpecification('', [book], xml?.schema ?? {}, root)}\n`,
  )
})

test('a model is one and the same for JSON, and as it was where nothing is XML', () => {
  const plain = described(get('/x'))
  const beside = described(get('/x'), [get('/y', { produces: ['xml'] })])
  const xml = described(get('/x', { produces: ['xml'] }))
  assert.deepEqual(beside.reply.definitions, xml.reply.definitions)
  assert.deepEqual(beside.reply.body, plain.reply.body)
  assert.ok(!JSON.stringify(plain.reply.definitions).includes('wrapped":true'))
})
