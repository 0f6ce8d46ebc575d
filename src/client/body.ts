import { jsonText } from './json-text.ts'
import type { OutgoingBody } from './layer.ts'
import { pairsOf } from './pairs.ts'
import type { BodyContent, FileContent, FilePart, RequestOptions } from './settings.ts'

/** What a call sends: the body, and its media type where `fetch` would not know it. */
export interface PreparedBody {
  readonly body: OutgoingBody
  readonly type: string | undefined
}

/**
 * The body that the options of a call ask for.
 *
 * @throws TypeError for two bodies at once, and for what is no JSON
 */
export function bodyOf(options: RequestOptions): PreparedBody | undefined {
  const { json, form, files, body } = options
  const given = Object.entries({ json, files, ...(files === undefined && { form }), body }).filter(
    ([, value]) => value !== undefined,
  )
  if (given.length > 1) {
    throw new TypeError(
      `A request has one body, but has ${given.map(([name]) => `'${name}'`).join(' and ')}: give one of them`,
    )
  }
  if (json !== undefined) return prepared(jsonText(json), 'application/json')
  if (files !== undefined) return prepared(multipart(options))
  if (form !== undefined) return prepared(new URLSearchParams(pairsOf(form).map(([name, value]) => [name, value])))
  if (body === undefined) return undefined
  return isStream(body) ? once(body) : prepared(body)
}

function prepared(content: NonNullable<RequestInit['body']>, type?: string): PreparedBody {
  return { body: { open: () => content, replayable: true }, type }
}

function once(content: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>): PreparedBody {
  const open = (): ReadableStream<Uint8Array> =>
    content instanceof ReadableStream ? content : streamOf(content[Symbol.asyncIterator]())
  return { body: { open, replayable: false }, type: undefined }
}

function isStream(content: BodyContent): content is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string> {
  return typeof content === 'object' && (content instanceof ReadableStream || Symbol.asyncIterator in content)
}

/** The parts as a stream, in UTF-8. */
// Not ReadableStream.from, which some browsers do not have.
export function streamOf(parts: AsyncIterator<Uint8Array | string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await parts.next()
      if (done === true) controller.close()
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    cancel: async () => void (await parts.return?.()),
  })
}

function multipart({ form, files }: RequestOptions): FormData {
  const data = new FormData()
  for (const [name, value] of pairsOf(form)) data.append(name, value)
  for (const [name, parts] of Object.entries(files ?? {})) {
    for (const part of [parts].flat() as readonly FilePart[]) {
      const { content, filename, type } = isNamed(part) ? part : { content: part }
      const file = content instanceof Blob && type === undefined ? content : new Blob([content], { type: type ?? '' })
      data.append(name, file, filename ?? (file instanceof File ? file.name : name))
    }
  }
  return data
}

function isNamed(part: FilePart): part is Exclude<FilePart, FileContent> {
  return typeof part === 'object' && 'content' in part
}
