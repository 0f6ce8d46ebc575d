import type { CallState } from '../../kernel/call-state.ts'
import { type Problem, problem } from '../../kernel/problem.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import { isOneOf, type Upload } from '../../schema/upload-model.ts'
import { type BodyReader, defaultBodyLimit } from '../input/body-reader.ts'
import { bodyTooLarge } from '../input/body-too-large.ts'
import { charsetName, decodeText, textCharsets } from '../represent/charset.ts'
import { parseMediaType } from '../represent/media-type.ts'
import { type FormFields, FormMembers, formFields } from './form-members.ts'
import { limited } from './limited.ts'
import { multipartParts, type Part } from './multipart.ts'
import { receivedFile } from './received-file.ts'
import { type Limits, limitsOf } from './upload-settings.ts'
import { UploadedFile } from './uploaded-file.ts'

/** Reads `multipart/form-data` (RFC 7578) while it comes: small files into memory, others into temporary files. */
export const multipartReader: BodyReader = {
  name: 'multipart',
  types: ['multipart/form-data'],
  coerce: 'texts',
  streams: true,
  compile: (entry, channel) => {
    const bodyLimit = channel.options.bodyLimit ?? defaultBodyLimit
    const limits = limitsOf(channel.options, bodyLimit)
    const fields = formFields(entry, channel)
    const requestLimit = limits.requestLimit ?? bodyLimit + filesLimit(fields, limits)
    const sight = { limits, fields, seesUnknown: seesUnknown(entry) }
    return async (source, { call, type }) => {
      const boundary = boundaryOf(type.parameters)
      if ((source.bodyLength ?? 0) > requestLimit) throw bodyTooLarge(requestLimit)
      const chunks = limited(source.streamBody(requestLimit), requestLimit, bodyTooLarge)
      const members = new FormMembers(fields, limits)
      for await (const part of multipartParts(chunks, boundary)) await takePart(part, members, call, sight)
      return members.all
    }
  },
}

/** What a form of one channel is read by. */
interface Sight {
  readonly limits: Limits
  readonly fields: FormFields
  /** Whether fields that the model does not declare have to reach it, to be refused. */
  readonly seesUnknown: boolean
}

async function takePart(part: Part, members: FormMembers, call: CallState, sight: Sight): Promise<void> {
  const { limits, fields } = sight
  const { fileName, content } = part
  // Some clients put brackets behind the name of a list.
  const bare = part.name.replace(/\[\]$/, '')
  const name = fileName !== undefined && fields.get(bare)?.upload?.list === true ? bare : part.name
  const field = fields.get(name)
  const upload = field?.upload
  if (upload !== undefined) {
    const file = await fileOf({ ...part, name }, upload, members, call, limits)
    if (file !== undefined) members.addFile(name, upload, file)
  } else if (field === undefined && fileName !== undefined) {
    // What nobody asked for is not kept, wherever it would have to be.
    members.countFile()
    for await (const _ of limited(content, limits.fileLimit, fileTooLarge(name))) void _
    if (sight.seesUnknown) members.addText(name, fileName)
  } else {
    members.countText()
    members.addText(name, await textOf(part, members, limits.fieldLimit))
  }
}

async function fileOf(
  { name, fileName = '', type, content }: Part,
  upload: Upload,
  members: FormMembers,
  call: CallState,
  { fileLimit, folder }: Limits,
): Promise<File | undefined> {
  members.countFile()
  const capped = limited(content, upload.maxBytes ?? fileLimit, fileTooLarge(name))
  if (upload.types !== undefined && !isOneOf(type, upload.types)) {
    let size = 0
    for await (const chunk of capped) size += chunk.length
    // The model refuses it for its type, together with all else that is wrong.
    return isUnfilled(fileName, size) ? undefined : new UploadedFile([], fileName, { type })
  }
  members.makeRoom(name, upload)
  const file = await receivedFile(capped, { call, name: fileName, type, folder })
  return isUnfilled(fileName, file.size) ? undefined : file
}

/** Whether it is what browsers send for a file that nobody has chosen (HTML, constructing the entry list). */
function isUnfilled(fileName: string, size: number): boolean {
  return fileName === '' && size === 0
}

async function textOf({ name, type, content }: Part, members: FormMembers, limit: number): Promise<string> {
  const chunks: Uint8Array[] = []
  const tooLarge = (most: number): Problem => problem('body_too_large', `The text '${name}' may measure ${most} bytes`)
  for await (const chunk of limited(content, limit, tooLarge)) {
    members.countTextBytes(chunk.length)
    chunks.push(chunk)
  }
  const charset = charsetName(parseMediaType(type)?.parameters.charset ?? 'utf-8')
  if (textCharsets.has(charset)) return decodeText(Buffer.concat(chunks), charset)
  throw problem('unsupported_media_type', `The text '${name}' is ${charset}, which is not known; send UTF-8`)
}

function fileTooLarge(name: string): (limit: number) => Problem {
  return (limit) => problem('body_too_large', `The file '${name}' may measure ${limit} bytes`)
}

function boundaryOf({ boundary }: Readonly<Record<string, string>>): string {
  // RFC 2046, 5.1.1, has at most 70 characters; who writes a few more is understood all the same.
  if (boundary !== undefined && boundary.length > 0 && boundary.length <= 256) return boundary
  throw problem('malformed_body', 'The body is not valid multipart/form-data: its Content-Type has no boundary')
}

/** How large all files together may be. */
function filesLimit(fields: FormFields, { fileLimit, files }: Limits): number {
  let total = 0
  for (const { upload } of fields.values()) {
    if (upload === undefined) continue
    const { list, most = files, maxBytes = fileLimit } = upload
    total += maxBytes * (list ? most : 1)
  }
  return total
}

function seesUnknown({ unknown, input }: RegisteredService): boolean {
  return unknown === 'strict' || input?.json.additionalProperties === false
}
