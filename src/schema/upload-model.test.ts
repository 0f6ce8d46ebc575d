import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { inputModel } from './input-model.ts'
import { Invalid } from './invalid.ts'
import { bodyModel, fileList, fileModel, isOneOf, uploadOf } from './upload-model.ts'

const same = (file: File): File => file
const upload = { as: 'file', list: false, most: undefined, maxBytes: undefined, types: undefined }

function findings(made: unknown): readonly (readonly [path: string, code: string, message: string])[] {
  return made instanceof Invalid ? made.findings.map(({ path, code, message }) => [path, code, message]) : []
}

suite('models of files', () => {
  const model = z.object({
    photo: fileModel({ maxBytes: 3, types: ['image/*'] }, same),
    pages: fileList(fileModel({}, same), { max: 2 }),
    body: bodyModel('bytes', {}, (value) => value instanceof Uint8Array).optional(),
  })

  for (const unknown of ['strip', 'strict', 'pass'] as const) {
    test(`hand files through as they are (${unknown})`, () => {
      const photo = new File(['abc'], 'a.png', { type: 'image/png' })
      const made = inputModel(model, { unknown }).validate({ photo }, () => 'body')
      assert.deepEqual(made, { photo, pages: [] })
      assert.equal((made as { readonly photo: File }).photo, photo)
    })
  }

  test('refuse what is none, too large or of another type', () => {
    const { validate } = inputModel(model, { unknown: 'strip' })
    const text = new File(['abcd'], 'a.txt', { type: 'text/plain' })
    const given = { photo: text, pages: [text, text, text], body: 'text' }
    assert.deepEqual(findings(validate(given, () => 'body')), [
      ['/photo', 'too_big', 'must have at most 3 bytes'],
      ['/photo', 'invalid', 'must be of the type image/*'],
      ['/pages', 'too_big', 'must have at most 2 items'],
      ['/body', 'invalid', 'must be bytes'],
    ])
    assert.deepEqual(findings(validate({ photo: 'text' }, () => 'body')), [
      ['/photo', 'invalid_type', 'must be a file'],
    ])
    assert.deepEqual(findings(validate({}, () => 'body')), [['/photo', 'missing', 'is required']])
  })

  test('are known by their JSON Schema, also behind references, options and lists', () => {
    const Photo = fileModel({ maxBytes: 3, types: ['image/png'] }, same)
    const models = z.object({
      plain: z.file(),
      typed: z.file().mime(['image/png', 'text/csv']).max(9),
      optional: Photo.optional(),
      nullable: Photo.nullable(),
      list: z.array(Photo).max(4),
      stream: bodyModel('stream', {}, () => true),
      text: z.string(),
      encoded: z.string().meta({ contentEncoding: 'base64', contentMediaType: 'image/png' }),
      union: z.union([z.string(), z.int()]),
    })
    const { json, members } = inputModel(models, { unknown: 'strip' })
    const photo = { ...upload, maxBytes: 3, types: ['image/png'] }
    const wanted = {
      plain: upload,
      typed: { ...upload, maxBytes: 9, types: ['image/png', 'text/csv'] },
      optional: photo,
      nullable: photo,
      list: { ...photo, list: true, most: 4 },
      stream: { ...upload, as: 'stream' },
    }
    for (const [name, member] of members ?? []) {
      assert.deepEqual(uploadOf(member.schema, json), Reflect.get(wanted, name), name)
    }
  })

  test('are looked for in models that recur in themselves', () => {
    const Tree: z.ZodType = z.lazy(() => z.union([z.array(Tree), z.string()])).meta({ id: 'UploadTree' })
    const { json, members } = inputModel(z.object({ tree: Tree }), { unknown: 'strip' })
    assert.equal(uploadOf(members?.get('tree')?.schema ?? {}, json), undefined)
  })
})

test('media types are compared without parameters and case', () => {
  assert.equal(isOneOf('Image/PNG; q=1', ['image/png']), true)
  assert.equal(isOneOf('image/png', ['IMAGE/*']), true)
  assert.equal(isOneOf('imagex/png', ['image/*']), false)
  assert.equal(isOneOf('', ['image/*']), false)
  assert.equal(isOneOf('', ['*/*']), true)
})
