import type { EmittedContent } from './emitted-api.ts'

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
