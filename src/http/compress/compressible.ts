/** Whether content of a media type shrinks: text of any kind, and what is written like it. */
export function isCompressible(contentType: string): boolean {
  const type = (contentType.split(';', 1)[0] as string).trim().toLowerCase()
  return type.startsWith('text/') || suffix.test(type) || others.has(type)
}

/** Whether content is a stream of events (WHATWG HTML, 9.2). */
export function isEventStream(contentType: string): boolean {
  return /^\s*text\/event-stream\s*(?:;|$)/i.test(contentType)
}

const suffix = /\+(?:json|json-seq|xml|yaml|text)$/
const others: ReadonlySet<string> = new Set([
  'application/json',
  'application/jsonl',
  'application/json-seq',
  'application/x-ndjson',
  'application/xml',
  'application/yaml',
  'application/x-yaml',
  'application/javascript',
  'application/x-www-form-urlencoded',
  'application/graphql',
  'application/sql',
  'application/rtf',
  'application/wasm',
  'font/ttf',
  'font/otf',
  'image/bmp',
])
