import type { ReadContent } from '../../openapi/read/read-api.ts'

/** The media type of a header without its parameters, in lower case. */
export function essenceOf(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}

/** Whether bodies of a media type are JSON. */
export function isJson(type: string): boolean {
  return /[/+]json$/.test(essenceOf(type))
}

/** Whether bodies of a media type are one value of JSON a line, or a record. */
export function isJsonLines(type: string): boolean {
  return /^application\/(jsonl|json-lines|x-ndjson|ndjson|x-jsonlines|json-seq)$|[+]json-seq$/.test(essenceOf(type))
}

/** The description of a body by its media type: the one with the same parameters, the same without, or a range. */
export function contentFor(contents: readonly ReadContent[], type: string): ReadContent | undefined {
  const exact = normal(type)
  const essence = essenceOf(type)
  return (
    contents.find((each) => normal(each.type) === exact) ??
    contents.find((each) => each.type.toLowerCase().trim() === essence) ??
    contents.find((each) => essenceOf(each.type) === essence && hasParameters(type, each.type)) ??
    contents.find((each) => isRange(each.type) && inRange(essence, essenceOf(each.type)) && each.type !== '*/*') ??
    contents.find((each) => essenceOf(each.type) === '*/*')
  )
}

function normal(type: string): string {
  const [essence = '', ...parameters] = type.toLowerCase().split(';')
  return [essence, ...parameters].map((part) => part.trim().replaceAll('"', '')).join(';')
}

/** Whether a type has every parameter of another. */
function hasParameters(type: string, wanted: string): boolean {
  const has = normal(type).split(';')
  return normal(wanted)
    .split(';')
    .every((part) => has.includes(part))
}

function isRange(type: string): boolean {
  return type.includes('*')
}

function inRange(essence: string, range: string): boolean {
  const pattern = range.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${pattern.join('[^/]*')}$`).test(essence)
}
