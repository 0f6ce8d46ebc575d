import type { CallState } from '../../kernel/call-state.ts'
import { isOneOf, type Upload, uploadOf } from '../../schema/upload-model.ts'
import { type BodyReader, type BodySource, defaultBodyLimit } from '../input/body-reader.ts'
import { bodyTooLarge } from '../input/body-too-large.ts'
import { typeRefusal } from '../input/content-refusal.ts'
import { bodyMember } from './body-member.ts'
import { ByteStream } from './byte-stream.ts'
import { limited } from './limited.ts'
import { receivedFile } from './received-file.ts'

const anything: Upload = { as: 'bytes', list: false, most: undefined, maxBytes: undefined, types: undefined }

/** Reads any body as the bytes that it is: in memory, into a file, or while it comes, as the model says. */
export const rawReader: BodyReader = {
  name: 'bytes',
  types: ['*/*'],
  streams: true,
  takesEmpty: true,
  compile: ({ input }, { options, method }) => {
    const inObject = bodyMember(input, options.consumes)
    const upload = inObject?.upload ?? uploadOf(input?.json ?? {}, input?.json ?? {}) ?? anything
    const { types, maxBytes } = upload
    const limit = maxBytes ?? options.bodyLimit ?? defaultBodyLimit
    const read = (source: BodySource, call: CallState): unknown => {
      const type = (source.headers['content-type'] as string | undefined) ?? ''
      if (types !== undefined && !isOneOf(type, types)) throw typeRefusal(type, types, method)
      if (upload.as === 'bytes') return source.bodyLength === 0 ? new Uint8Array(0) : source.readBody(limit)
      if ((source.bodyLength ?? 0) > limit) throw bodyTooLarge(limit)
      const chunks = limited(source.streamBody(limit), limit, bodyTooLarge)
      if (upload.as === 'stream') return new ByteStream(chunks, type, source.bodyLength)
      return receivedFile(chunks, { call, name: '', type, folder: options.uploads?.folder })
    }
    if (inObject === undefined) return (source, { call }) => read(source, call)
    const { name } = inObject.member
    return async (source, { call }) => ({ [name]: await read(source, call) })
  },
}
