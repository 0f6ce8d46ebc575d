import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createKernel } from '../../kernel/kernel.ts'
import type { OperationContent } from '../../kernel/operation.ts'
import { type Service, service } from '../../kernel/service.ts'
import { StartupError } from '../../kernel/startup-error.ts'
import { describeRest } from '../describe/describe.ts'
import { createRest } from '../rest.ts'
import { get, post, put } from '../rest-channel.ts'
import { byteStream, bytes, file, files } from './models.ts'

function contentsOf(made: Service): readonly OperationContent[] | undefined {
  return describeRest(createKernel({ services: [made] }).services)[0]?.body?.contents
}

function faultsOf(made: Service): readonly string[] {
  try {
    createRest({ kernel: createKernel({ services: [made] }) })
  } catch (error) {
    if (error instanceof StartupError) return error.reasons
    throw error
  }
  return []
}

const binary = { type: 'string', contentMediaType: 'application/octet-stream' }

suite('the description', () => {
  const Album = z.object({
    title: z.string(),
    tags: z.array(z.string()).optional(),
    info: z.object({ by: z.string() }).optional(),
    cover: file({ maxBytes: 1000, types: ['image/png', 'image/*'] }).describe('The front'),
    pages: files({ max: 3 }),
    plain: z.file().optional(),
  })

  for (const model of [Album, Album.meta({ id: 'Album' })]) {
    test('of a form has its files, and the types that they may have', () => {
      const made = service({ name: 'a', input: model, on: post('/a'), handle: () => {} })
      const [content, ...more] = contentsOf(made) ?? []
      assert.deepEqual(more, [])
      assert.equal(content?.type, 'multipart/form-data')
      const { properties, required } = content?.schema ?? {}
      assert.deepEqual(required, ['title', 'cover'])
      assert.deepEqual(properties, {
        title: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' } },
        info: { type: 'object', properties: { by: { type: 'string' } }, required: ['by'] },
        cover: { ...binary, maxLength: 1000, description: 'The front' },
        pages: { type: 'array', items: binary, maxItems: 3 },
        plain: binary,
      })
      assert.deepEqual(content?.encoding, { cover: { contentType: 'image/png, image/*' } })
    })
  }

  test('of a form without files says how lists and objects are sent', () => {
    const input = Album.pick({ title: true, tags: true, info: true })
    const made = service({ name: 'a', input, on: post('/a', { consumes: ['form', 'json'] }), handle: () => {} })
    const [form, json] = contentsOf(made) ?? []
    assert.equal(form?.type, 'application/x-www-form-urlencoded')
    assert.deepEqual(form?.encoding, {
      tags: { style: 'form', explode: true },
      info: { contentType: 'application/json' },
    })
    assert.deepEqual([json?.type, json?.encoding], ['application/json', undefined])
  })

  test('of a whole body has the types that it may have', () => {
    const input = z.object({ name: z.string(), draft: z.boolean().optional(), content: byteStream({ maxBytes: 9 }) })
    const made = service({ name: 'a', input, on: put('/a/{name}'), handle: () => {} })
    assert.deepEqual(contentsOf(made), [{ type: '*/*', schema: { ...binary, maxLength: 9 } }])
    const [operation] = describeRest(createKernel({ services: [made] }).services)
    assert.deepEqual(
      operation?.parameters.map((each) => [each.name, each.in]),
      [
        ['name', 'path'],
        ['draft', 'query'],
      ],
    )
    const images = service({ name: 'a', input: bytes({ types: ['image/*'] }), on: post('/a'), handle: () => {} })
    assert.deepEqual(contentsOf(images), [{ type: 'image/*', schema: binary }])
  })
})

suite('a channel is refused', () => {
  test('that takes a file from the query', () => {
    const made = service({ name: 'a', input: z.object({ photo: file() }), on: get('/a'), handle: () => {} })
    assert.match(faultsOf(made).join(), /'photo' from the query, which cannot hold a file: use post/)
  })

  test('that takes something else from a body that is one member', () => {
    const input = z.object({ a: z.string(), content: bytes() })
    const made = service({ name: 'a', input, on: post('/a', { in: { a: 'body' } }), handle: () => {} })
    assert.match(faultsOf(made).join(), /'a' from the body, but all of it is 'content'/)
  })

  test('that consumes bytes and has no place for them', () => {
    const input = z.object({ a: z.string() })
    const made = service({ name: 'a', input, on: post('/a', { consumes: ['bytes'] }), handle: () => {} })
    assert.match(faultsOf(made).join(), /no place for them/)
  })

  test('that consumes bytes and something else', () => {
    const input = z.object({ a: file() })
    const made = service({ name: 'a', input, on: post('/a', { consumes: ['bytes', 'json'] }), handle: () => {} })
    assert.match(faultsOf(made).join(), /'bytes' and more/)
  })

  test('whose limits are no numbers', () => {
    const uploads = { fileLimit: -1, files: Number.NaN, fields: 0, folder: '/tmp' }
    const made = service({ name: 'a', input: z.object({ a: file() }), on: post('/a', { uploads }), handle: () => {} })
    assert.deepEqual(faultsOf(made), [
      'POST /a (a) sets uploads.fileLimit to -1: make it a whole number from 0',
      'POST /a (a) sets uploads.files to NaN: make it a whole number from 0',
    ])
  })
})
