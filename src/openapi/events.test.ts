import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sampleOperation } from '../../test/docs-pages/sample-operation.ts'
import type { Operation, OperationEvent } from '../kernel/operation.ts'
import { type ApiAbout, type OpenApiVersion, openApiDocument } from './document.ts'
import type { OpenApiDocument } from './openapi-document.ts'

const documentOf = (
  operations: readonly Operation[],
  about: Partial<ApiAbout> = {},
  version?: OpenApiVersion,
): OpenApiDocument => openApiDocument({ title: 'Sample', version: '1.0.0', ...about, operations }, version)

const json = (schema: Readonly<Record<string, unknown>>) => ({
  required: true,
  contents: [{ type: 'application/json', schema }],
})
const order = { type: 'object', properties: { order: { type: 'integer' } }, additionalProperties: false }
const shipped: OperationEvent = {
  method: 'POST',
  body: json({ $ref: '#/$defs/Shipment' }),
  definitions: { Shipment: order },
  reply: { status: 204, headers: [], body: undefined, definitions: {} },
}

suite('requests that the API itself sends', () => {
  test('stand under their names, with models that may grow', () => {
    const document = documentOf([], { webhooks: { orderShipped: shipped } })
    assert.deepEqual(document.webhooks, {
      orderShipped: {
        post: {
          summary: 'Order shipped',
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Shipment' } } },
          },
          responses: { '204': { description: 'No Content' } },
        },
      },
    })
    assert.deepEqual(document.components.schemas?.Shipment, {
      type: 'object',
      properties: { order: { type: 'integer' } },
    })
  })
  test('are left out of 3.0, which has no word for them, while callbacks are not', () => {
    const operation = sampleOperation({ callbacks: { shipped: { '{$request.body#/url}': shipped } } })
    const { webhooks, paths } = documentOf([operation], { webhooks: { shipped } }, '3.0')
    assert.equal(webhooks, undefined)
    assert.deepEqual(Object.keys(paths['/sample']?.get?.callbacks?.shipped ?? {}), ['{$request.body#/url}'])
  })
})

suite('what a reply says beside its body', () => {
  const reply = { status: 200, headers: [], body: undefined, definitions: {} }
  test('leads to other operations by their ids, where the document shows them', () => {
    const links = { self: { service: 'sample.read', parameters: { id: 1 } }, gone: { service: 'nobody' } }
    const { paths } = documentOf([sampleOperation({ reply: { ...reply, links } })])
    const shown = paths['/sample']?.get?.responses['200']
    assert.deepEqual(shown !== undefined && 'links' in shown && shown.links, {
      self: { operationId: 'read', parameters: { id: 1 } },
    })
  })
  test('has headers of any type', () => {
    const headers = [{ name: 'Age', description: 'In seconds', required: true, schema: { type: 'integer' } }, 'ETag']
    const { paths } = documentOf([sampleOperation({ reply: { ...reply, headers } })])
    const shown = paths['/sample']?.get?.responses['200']
    assert.deepEqual(shown !== undefined && 'headers' in shown && shown.headers, {
      Age: { description: 'In seconds', required: true, schema: { type: 'integer' } },
      ETag: { schema: { type: 'string' } },
    })
  })
  test('may have other statuses', () => {
    const further = { ...reply, status: 304, description: 'Not changed' }
    const { paths } = documentOf([sampleOperation({ furtherReplies: [further] })])
    assert.deepEqual(Object.keys(paths['/sample']?.get?.responses ?? {}), ['200', '304', '500', 'default'])
  })
  test('may be any other, where it says so itself', () => {
    const others = { ...reply, status: 'default' as const, description: 'Whatever you ask for' }
    const { paths } = documentOf([sampleOperation({ furtherReplies: [others] })])
    const shown = paths['/sample']?.get?.responses.default
    assert.equal(shown !== undefined && 'description' in shown && shown.description, 'Whatever you ask for')
  })
  test('is described item by item where it is a stream, since 3.2', () => {
    const contents = [{ type: 'application/jsonl', itemSchema: { type: 'integer' } }]
    const streaming = sampleOperation({ reply: { ...reply, body: { required: true, contents } } })
    const contentIn = (version: OpenApiVersion): unknown => {
      const shown = documentOf([streaming], {}, version).paths['/sample']?.get?.responses['200']
      return shown !== undefined && 'content' in shown && shown.content
    }
    assert.deepEqual(contentIn('3.2'), { 'application/jsonl': { itemSchema: { type: 'integer' } } })
    assert.deepEqual(contentIn('3.1'), { 'application/jsonl': {} })
    assert.deepEqual(contentIn('3.0'), { 'application/jsonl': {} })
  })
})

suite('a request', () => {
  test('says how forms are sent, and how parameters are written', () => {
    const contents = [{ type: 'multipart/form-data', schema: order, encoding: { photo: { contentType: 'image/png' } } }]
    const parameters = [
      { name: 'f', in: 'query' as const, required: false, schema: {}, style: 'deepObject' as const, explode: true },
    ]
    const { paths } = documentOf([sampleOperation({ method: 'POST', body: { required: true, contents }, parameters })])
    const { requestBody, parameters: shown } = paths['/sample']?.post ?? {}
    assert.deepEqual(requestBody?.content['multipart/form-data']?.encoding, { photo: { contentType: 'image/png' } })
    assert.deepEqual(shown, [{ name: 'f', in: 'query', style: 'deepObject', explode: true, schema: {} }])
  })
})

suite('what an API says of itself', () => {
  test('has tags in their order, with what 3.2 adds to them there only', () => {
    const tags = [{ name: 'Orders', description: 'What is sold', summary: 'Orders', parent: 'Shop' }]
    const operation = sampleOperation({ tags: ['Other', 'Orders'] })
    assert.deepEqual(documentOf([operation], { tags }).tags, [
      { name: 'Orders', description: 'What is sold' },
      { name: 'Other' },
    ])
    assert.deepEqual(documentOf([operation], { tags }, '3.2').tags, [...tags, { name: 'Other' }])
  })
  test('has terms, further reading and security', () => {
    const about = {
      summary: 'Sells',
      termsOfService: 'https://a.test/terms',
      externalDocs: { url: 'https://a.test/docs' },
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
      security: [{ key: [] }],
    }
    const { info, externalDocs, security, components, paths } = documentOf([sampleOperation({ security: [] })], about)
    assert.deepEqual(info, {
      title: 'Sample',
      version: '1.0.0',
      summary: 'Sells',
      termsOfService: 'https://a.test/terms',
    })
    assert.deepEqual([externalDocs, security], [about.externalDocs, about.security])
    assert.deepEqual(components.securitySchemes, about.securitySchemes)
    assert.deepEqual(paths['/sample']?.get?.security, [])
    assert.equal(documentOf([], about, '3.0').info.summary, undefined)
    assert.deepEqual(documentOf([], about, '3.0').components.securitySchemes, about.securitySchemes)
  })
})
