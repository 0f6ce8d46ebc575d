import type { CallState } from '../../kernel/call-state.ts'
import { isOneOf, type Upload, uploadOf } from '../../schema/upload-model.ts'
import type { Exchange } from '../exchange.ts'
import { type BodyReader, defaultBodyLimit } from '../input/body-reader.ts'
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
    const read = (exchange: Exchange, call: CallState): unknown => {
      const type = (exchange.headers['content-type'] as string | undefined) ?? ''
      if (types !== undefined && !isOneOf(type, types)) throw typeRefusal(type, types, method)
      if (upload.as === 'bytes') return exchange.bodyLength === 0 ? new Uint8Array(0) : exchange.readBody(limit)
      if ((exchange.bodyLength ?? 0) > limit) throw bodyTooLarge(limit)
      const chunks = limited(exchange.streamBody(), limit, bodyTooLarge)
      if (upload.as === 'stream') return new ByteStream(chunks, type, exchange.bodyLength)
      return receivedFile(chunks, { call, name: '', type, folder: options.uploads?.folder })
    }
    if (inObject === undefined) return (exchange, { call }) => read(exchange, call)
    const { name } = inObject.member
    return async (exchange, { call }) => ({ [name]: await read(exchange, call) })
  },
}
