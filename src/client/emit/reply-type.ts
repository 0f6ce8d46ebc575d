import { bodyKind, preferred } from './body-kind.ts'
import type { EmittedContent, EmittedOperation, EmittedReply, EmittedSchema } from './emitted-api.ts'
import { membersOf, type TypeUse, type TypeWriter, typeText } from './schema-type.ts'
import { plain, type TypeText, union } from './type-text.ts'

const use: TypeUse = { direction: 'reply', inForm: false }

/** The type of the content of a reply; of a stream, that of each item, or of the data of each event. */
export function contentType(
  writer: TypeWriter,
  { contents }: Pick<EmittedReply, 'contents'>,
  indent: string,
): TypeText {
  const content = preferred(contents)
  if (content === undefined) return plain('undefined')
  const kind = bodyKind(content.type)
  if (kind === 'json') return typeText(writer, content.schema ?? true, use, indent)
  if (kind === 'lines') return typeText(writer, content.itemSchema ?? true, use, indent)
  if (kind === 'events') return typeText(writer, eventData(content) ?? { type: 'string' }, use, indent)
  return plain(kind === 'text' ? 'string' : kind === 'bytes' ? 'Blob' : 'FormData')
}

/** What a function gives: its type, how it is made of what the client gives, and how its body is read. */
export interface GivenReply {
  readonly type: string
  /** The function of the emitted file that makes it, with its type. */
  readonly wrapper?: string
  /** The way to read the body, where it is not JSON. */
  readonly reading?: string
}

/** What the function of an operation gives; `replies` is the name of the type of all of its replies. */
export function givenReply(writer: TypeWriter, { method, replies }: EmittedOperation, name: string): GivenReply {
  const successes = successesOf(replies)
  const contentOf = ({ contents }: EmittedReply): EmittedContent | undefined => preferred(contents)
  const bodies = method === 'HEAD' ? [] : successes.filter((each) => contentOf(each) !== undefined)
  const [content] = bodies.flatMap((each) => contentOf(each) ?? [])
  if (content === undefined) return { type: successes.length === 0 ? 'ReplyPromise' : 'ReplyPromise<undefined>' }
  const kind = bodyKind(content.type)
  const json = bodies.filter((each) => bodyKind(contentOf(each)?.type ?? '') === 'json')
  if (json.length > 0) {
    const type = union(json.map((each) => contentType(writer, each, '').text))
    return { type: `ReplyPromise<${named(type, name, json)}>` }
  }
  const item = named(union(bodies.map((each) => contentType(writer, each, '').text)), name, bodies)
  if (kind === 'lines') return { type: `StreamReply<${item}>`, reading: 'items()' }
  if (kind === 'events') {
    if (eventData(content) === undefined) return { type: 'ReplyPromise', reading: 'events()' }
    return { type: `EventsReply<${item}>`, wrapper: `withData<${item}>`, reading: 'events()' }
  }
  return { type: 'ReplyPromise', reading: kind === 'text' ? 'text()' : kind === 'bytes' ? 'blob()' : 'formData()' }
}

/** The replies that count as successes: without any, and without redirects, whatever else comes. */
function successesOf(replies: readonly EmittedReply[]): readonly EmittedReply[] {
  const successes = replies.filter(({ status }) => status.startsWith('2'))
  const isElse = replies.some(({ status }) => status.startsWith('3'))
  return successes.length > 0 || isElse ? successes : replies.filter(({ status }) => status === 'default')
}

/** A type as it is, or as a part of the type that has it. */
function named(type: TypeText, name: string, replies: readonly EmittedReply[]): string {
  return isShort(type) ? type.text : key(name, replies)
}

function key(name: string, replies: readonly EmittedReply[]): string {
  return `${name}[${replies.map(({ status }) => (/^\d+$/.test(status) ? status : `'${status}'`)).join(' | ')}]`
}

function isShort({ text }: TypeText): boolean {
  return text.length <= 50 && !/[\n{]/.test(text)
}

/** The schema of the data of server-sent events, where it is JSON; to those who read the stream it is text. */
function eventData({ itemSchema }: EmittedContent): EmittedSchema | undefined {
  const { contentSchema } = membersOf(membersOf(membersOf(itemSchema).properties).data)
  return contentSchema as EmittedSchema | undefined
}
