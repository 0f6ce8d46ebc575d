import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { inputModel } from '../../schema/input-model.ts'
import type { Schema } from '../../schema/schema.ts'
import { any, del, get, head, options, patch, post, put, query, type RestChannel } from '../rest-channel.ts'
import { paramNames } from '../route/path-pattern.ts'
import { inputSources, takesBody } from './input-sources.ts'

const Item = z.object({ id: z.int(), name: z.string(), page_size: z.int().optional() })
const modelOf = (schema: Schema) => inputModel(schema, { unknown: 'strip' })

function sourcesOf(channel: RestChannel): string[] {
  return inputSources(channel, modelOf(Item)).map((each) => `${each.member.name}: ${each.in} ${each.name}`)
}

suite('a member of the input comes', () => {
  test('from the path where the path names it, from the query for methods without a body', () => {
    for (const make of [get, head, del, options]) {
      assert.deepEqual(sourcesOf(make('/items/{id}')), [
        'id: path id',
        'name: query name',
        'page_size: query page_size',
      ])
    }
  })
  test('from the body for the other methods', () => {
    for (const make of [post, put, patch, query, any]) {
      assert.deepEqual(sourcesOf(make('/items/{id}')), ['id: path id', 'name: body name', 'page_size: body page_size'])
    }
  })
  test('from where the channel says, a header with - for _ and in lower case', () => {
    const sources = sourcesOf(post('/items/{id}', { in: { name: 'query', page_size: 'header' } }))
    assert.deepEqual(sources, ['id: path id', 'name: query name', 'page_size: header page-size'])
  })
  test('under the name that the channel says', () => {
    const placed = { name: { in: 'header', name: 'X-Name' }, page_size: { in: 'query', name: 'page-size' } } as const
    assert.deepEqual(sourcesOf(get('/items/{id}', { in: placed })), [
      'id: path id',
      'name: header x-name',
      'page_size: query page-size',
    ])
  })
})

suite('a channel reads the body', () => {
  const takes = (channel: RestChannel, schema: Schema = Item): boolean => takesBody(channel, modelOf(schema))

  test('when a member comes from it', () => {
    assert.equal(takes(post('/items/{id}')), true)
    assert.equal(takes(get('/items/{id}', { in: { name: 'body' } })), true)
  })
  test('only when a member comes from it', () => {
    assert.equal(takes(get('/items/{id}')), false)
    assert.equal(takes(post('/items/{id}', { in: { name: 'query', page_size: 'header' } })), false)
  })
  test('when it is the whole input, and the method has one', () => {
    const list = z.array(Item)
    assert.equal(takes(post('/items'), list), true)
    assert.equal(takes(get('/items'), list), false)
    assert.deepEqual(inputSources(post('/items'), modelOf(list)), [])
  })
  test('never for a service without input', () => {
    assert.equal(takesBody(post('/items'), undefined), false)
    assert.deepEqual(inputSources(post('/items'), undefined), [])
  })
})

test('the parameters of a path are named in order', () => {
  assert.deepEqual(paramNames('/a/{b}/{c}-{d}.json'), ['b', 'c', 'd'])
})
