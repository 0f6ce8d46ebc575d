import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readOpenApi } from '../../../openapi/read/read-open-api.ts'
import type { Seen } from '../checks/check.ts'
import { identityOf } from './identity.ts'
import { type Resource, resourcesOf } from './resources.ts'

function apiOf(...operations: readonly string[]): ReturnType<typeof readOpenApi> {
  const paths: Record<string, Record<string, object>> = {}
  for (const each of operations) {
    const [method = '', path = ''] = each.split(' ')
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map(({ 1: name }) => name)
    const parameters = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
    const links = { self: { operationId: 'get /linked/{key}', parameters: { key: '$response.body#/data/key' } } }
    paths[path] ??= {}
    paths[path][method] = { operationId: each, parameters, responses: { 200: { description: 'x', links } } }
  }
  return readOpenApi({ openapi: '3.1.0', info: { title: 'x', version: '1' }, paths })
}

function shown({ create, read, list, replace, change, remove }: Resource): readonly (string | undefined)[] {
  return [create, read, list, replace, change, remove].map((each) => each && `${each.method} ${each.path}`)
}

suite('the resources of an API', () => {
  test('are what can be created in one place and reached beneath it', () => {
    const api = apiOf('get /things', 'post /things', 'get /things/{id}', 'put /things/{id}', 'delete /things/{id}')
    assert.deepEqual(resourcesOf(api.operations).map(shown), [
      ['POST /things', 'GET /things/{id}', 'GET /things', 'PUT /things/{id}', undefined, 'DELETE /things/{id}'],
    ])
  })

  test('are found through words in paths that say what is done', () => {
    const api = apiOf(
      'post /staff/create',
      'get /staff/get/{no}',
      'patch /staff/update/{no}',
      'post /staff/delete/{no}',
    )
    assert.deepEqual(resourcesOf(api.operations).map(shown), [
      ['POST /staff/create', 'GET /staff/get/{no}', undefined, undefined, 'PATCH /staff/update/{no}', undefined],
    ])
  })

  test('come before those beneath them', () => {
    const api = apiOf('post /a/{a}/b', 'get /a/{a}/b/{b}', 'post /a', 'get /a/{a}')
    assert.deepEqual(
      resourcesOf(api.operations).map(({ path }) => path),
      ['/a', '/a/{a}/b'],
    )
  })

  test('are none where nothing can be created', () => {
    assert.deepEqual(resourcesOf(apiOf('get /things', 'get /things/{id}').operations), [])
  })
})

suite('the identity of what was created', () => {
  const identity = (item: string, reply: Partial<Seen['reply']>, sent?: unknown): unknown => {
    const path = item.slice(0, item.lastIndexOf('/'))
    const api = apiOf(`post ${path}`, `get ${item}`)
    const [resource] = resourcesOf(api.operations)
    assert.ok(resource)
    const body = sent === undefined ? undefined : { type: 'application/json', value: sent }
    const parts = { path: {}, query: {}, header: {}, cookie: {}, body }
    const seen: Seen = {
      operation: resource.create,
      test: { operation: resource.create, parts, what: 'x' },
      request: { method: 'POST', target: path, headers: {}, body: undefined },
      reply: {
        status: 200,
        body: '',
        milliseconds: 0,
        ...reply,
        headers: { 'content-type': 'application/json', ...reply.headers },
      },
      bytes: new Uint8Array(),
      verdict: 'valid',
      isMalformed: false,
      caller: 'known',
      isProbe: false,
      hasAccepted: false,
    }
    return identityOf(api, resource, seen)
  }

  test('is what a link says', () => {
    assert.deepEqual(identity('/linked/{key}', { body: '{"id":1,"data":{"key":"k"}}' }), { value: 'k', isGiven: false })
  })
  test('is in the Location', () => {
    const headers = { location: 'https://x.test/api/things/a%20b?x=1' }
    assert.deepEqual(identity('/things/{id}', { headers }), { value: 'a b', isGiven: false })
  })
  test('is the member that is called as the parameter is, also in an envelope', () => {
    const body = '{"meta":{"cid":"x"},"data":{"thing_no":7,"name":"x"}}'
    assert.deepEqual(identity('/things/{thingNo}', { body }), { value: 7, isGiven: false })
  })
  test('is the id', () => {
    assert.deepEqual(identity('/things/{thing}', { body: '{"id":7}' }), { value: 7, isGiven: false })
  })
  test('is what the client has chosen, where the reply is a list', () => {
    assert.deepEqual(identity('/things/{id}', { body: '[{"id":1}]' }, { id: 9 }), { value: 9, isGiven: true })
  })
  test('is unknown where nothing says it', () => {
    assert.equal(identity('/things/{id}', { body: '{"name":"x"}' }), undefined)
  })
})
