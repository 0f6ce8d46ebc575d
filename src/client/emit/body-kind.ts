import type { EmittedContent, EmittedReply, EmittedSchema } from './emitted-api.ts'
import { membersOf, schemaType, type TypeUse, type TypeWriter } from './schema-type.ts'

/** How the content of a body is sent or read. */
export type BodyKind = 'json' | 'form' | 'multipart' | 'text' | 'bytes' | 'lines' | 'events'

/** How content of a media type is sent or read. */
export function bodyKind(type: string): BodyKind {
  const essence = (type.split(';')[0] ?? '').trim().toLowerCase()
  if (/^application\/(jsonl|json-lines|x-ndjson|ndjson|x-jsonlines|json-seq)$|[+]json-seq$/.test(essence))
    return 'lines'
  if (/[/+]json$/.test(essence) || essence === '*/*') return 'json'
  if (essence === 'text/event-stream') return 'events'
  if (essence === 'application/x-www-form-urlencoded') return 'form'
  if (essence.startsWith('multipart/')) return 'multipart'
  return essence.startsWith('text/') || /[/+](xml|yaml)$/.test(essence) ? 'text' : 'bytes'
}

const rank: readonly BodyKind[] = ['json', 'lines', 'events', 'multipart', 'form', 'text', 'bytes']

/** The content that a client is written for, of those that a server speaks: JSON where it can be. */
export function preferred(contents: readonly EmittedContent[]): EmittedContent | undefined {
  return contents.toSorted((one, other) => rank.indexOf(bodyKind(one.type)) - rank.indexOf(bodyKind(other.type)))[0]
}

/** The type of the content of a reply. */
export function repliedType(writer: TypeWriter, { contents }: Pick<EmittedReply, 'contents'>, indent: string): string {
  const content = preferred(contents)
  if (content === undefined) return 'undefined'
  const use: TypeUse = { direction: 'reply', inForm: false }
  const kind = bodyKind(content.type)
  if (kind === 'lines') return `AsyncIterable<${schemaType(writer, content.itemSchema, use, indent)}>`
  if (kind === 'events') return `AsyncIterable<${eventType(writer, content, use, indent)}>`
  if (kind === 'text') return 'string'
  if (kind === 'json') return schemaType(writer, content.schema, use, indent)
  return kind === 'bytes' ? 'Blob' : 'FormData'
}

/** The type of a server-sent event; its data is text to those who read the stream. */
function eventType(writer: TypeWriter, { itemSchema }: EmittedContent, use: TypeUse, indent: string): string {
  const { contentSchema } = membersOf(membersOf(membersOf(itemSchema).properties).data)
  const data = contentSchema === undefined ? 'string' : schemaType(writer, contentSchema as EmittedSchema, use, indent)
  return `{ data: ${data}; event: string; id: string }`
}
