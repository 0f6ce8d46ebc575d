import { readContents } from './contents.ts'
import { faultAt } from './document-error.ts'
import { entriesAt, flagAt, memberAt, namedAt, type Place, textAt } from './place.ts'
import type { ReadBody, ReadHeader, ReadLink, ReadReply } from './read-api.ts'
import type { Reading } from './reading.ts'
import { resolved } from './references.ts'

/** What a request sends, as a place describes it. */
export function readBody(reading: Reading, place: Place): ReadBody {
  const body = resolved(reading.source, place)
  return {
    description: textAt(body, 'description'),
    required: flagAt(body, 'required'),
    contents: readContents(reading, body),
  }
}

/** The replies of an operation, in the order of the document. */
export function readReplies(reading: Reading, place: Place | undefined): readonly ReadReply[] {
  return namedAt(place).map(([status, each]) => readReply(reading, statusOf(status, each), each))
}

function readReply(reading: Reading, status: string, place: Place): ReadReply {
  const reply = resolved(reading.source, place)
  const shared = /^#\/components\/responses\/([^/]+)$/.exec(reply.pointer)?.[1]
  return {
    status,
    ...(shared !== undefined && { shared }),
    description: textAt(reply, 'description'),
    headers: entriesAt(memberAt(reply, 'headers'))
      // The media type is told by the content.
      .filter(([name]) => name.toLowerCase() !== 'content-type')
      .map(([name, each]) => readHeader(reading, name, each)),
    contents: readContents(reading, reply),
    links: namedAt(memberAt(reply, 'links')).map(([name, each]) => readLink(name, resolved(reading.source, each))),
  }
}

function statusOf(status: string, place: Place): string {
  const upper = status.toUpperCase()
  if (/^[1-9](\d\d|XX)$/.test(upper)) return upper
  if (status === 'default') return status
  throw faultAt(place, 'is no reply: its name must be a status such as 200, a range such as 4XX, or default')
}

function readHeader(reading: Reading, name: string, place: Place): ReadHeader {
  const header = resolved(reading.source, place)
  const schema = memberAt(header, 'schema')
  const [content] = readContents(reading, header)
  return {
    name,
    required: flagAt(header, 'required'),
    schema: schema === undefined ? (content?.schema ?? true) : reading.schema(schema),
    explode: flagAt(header, 'explode'),
    contentType: content?.type,
    description: textAt(header, 'description'),
  }
}

function readLink(name: string, place: Place): ReadLink {
  return {
    name,
    operationId: textAt(place, 'operationId'),
    operationRef: textAt(place, 'operationRef'),
    parameters: Object.fromEntries(
      entriesAt(memberAt(place, 'parameters')).map(([parameter, { value }]) => [parameter, value]),
    ),
    requestBody: memberAt(place, 'requestBody')?.value,
  }
}
