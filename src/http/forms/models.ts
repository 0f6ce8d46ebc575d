import { bodyModel, fileList, fileModel, type UploadModel, type UploadRules } from '../../schema/upload-model.ts'
import { ByteStream } from './byte-stream.ts'
import { UploadedFile } from './uploaded-file.ts'

/**
 * A model of a file in a form: a member of that model makes its channel take `multipart/form-data` (RFC 7578).
 *
 * ```ts
 * const upload = service({
 *   name: 'upload',
 *   input: z.object({ title: z.string(), photo: file({ maxBytes: 5_000_000, types: ['image/*'] }) }),
 *   output: z.object({ title: z.string(), bytes: z.int() }),
 *   on: post('/photos'),
 *   handle: ({ input: { title, photo } }) => ({ title, bytes: photo.size }),
 * })
 * await using app = createApp({ services: [upload] })
 * const body = new FormData()
 * body.set('title', 'Sunset')
 * body.set('photo', new File(['pixels'], 'sunset.png', { type: 'image/png' }))
 * const reply = await app.fetch(new Request('http://localhost/photos', { method: 'POST', body }))
 * await reply.json() // => { title: 'Sunset', bytes: 6 }
 * ```
 */
export function file(rules: UploadRules = {}): UploadModel<UploadedFile, File> {
  return fileModel(rules, UploadedFile.of)
}

/** What a model says of a list of files. */
export interface FilesRules extends UploadRules {
  /** How many there must be; none if it is not given. */
  readonly min?: number
  /** How many there may be. */
  readonly max?: number
}

/**
 * A model of a form's files that share one name, such as those of `<input type="file" multiple>`; `maxBytes` and `types`
 * hold for each of them.
 *
 * ```ts
 * const count = service({
 *   name: 'count',
 *   input: z.object({ pages: files({ max: 10 }) }),
 *   output: z.array(z.string()),
 *   on: post('/pages'),
 *   handle: ({ input }) => input.pages.map(({ name }) => name),
 * })
 * await using app = createApp({ services: [count] })
 * const body = new FormData()
 * for (const name of ['a.txt', 'b.txt']) body.append('pages', new File(['text'], name))
 * const reply = await app.fetch(new Request('http://localhost/pages', { method: 'POST', body }))
 * await reply.json() // => ['a.txt', 'b.txt']
 * ```
 */
export function files(rules: FilesRules = {}): UploadModel<UploadedFile[], File[] | undefined> {
  return fileList(file(rules), rules)
}

/**
 * A model of a whole body as bytes in memory, whatever its media type: for signed webhooks and formats of your own.
 *
 * ```ts
 * const sum = service({
 *   name: 'sum',
 *   input: z.object({ body: bytes({ maxBytes: 1000 }) }),
 *   output: z.int(),
 *   on: post('/sum'),
 *   handle: ({ input }) => input.body.reduce((total, each) => total + each, 0),
 * })
 * await using app = createApp({ services: [sum] })
 * const reply = await app.fetch(new Request('http://localhost/sum', { method: 'POST', body: new Uint8Array([1, 2]) }))
 * await reply.json() // => 3
 * ```
 */
export function bytes(rules: UploadRules = {}): UploadModel<Uint8Array> {
  return bodyModel('bytes', rules, (value) => value instanceof Uint8Array)
}

/**
 * A model of a whole body that is read while it comes, so that its size costs no memory; it may be read once.
 *
 * ```ts
 * const store = service({
 *   name: 'store',
 *   input: z.object({ name: z.string(), content: byteStream() }),
 *   output: z.object({ name: z.string(), bytes: z.int() }),
 *   on: put('/files/{name}'),
 *   handle: async ({ input: { name, content } }) => {
 *     let bytes = 0
 *     for await (const chunk of content) bytes += chunk.length
 *     return { name, bytes }
 *   },
 * })
 * await using app = createApp({ services: [store] })
 * const reply = await app.fetch(new Request('http://localhost/files/a', { method: 'PUT', body: 'Hello' }))
 * await reply.json() // => { name: 'a', bytes: 5 }
 * ```
 */
export function byteStream(rules: UploadRules = {}): UploadModel<ByteStream> {
  return bodyModel('stream', rules, (value) => value instanceof ByteStream)
}
