import type { ReadApi, ReadHeader } from '../../openapi/read/read-api.ts'
import { isJson } from './media-type.ts'
import type { SchemaCheck } from './schema-check.ts'
import { itemsOf, memberOf } from './schema-parts.ts'
import { kindsOf, readText } from './text-value.ts'

/** The value that the text of a header stands for; or why it stands for none. */
export function headerValue(
  { schema, explode, contentType }: ReadHeader,
  text: string,
  schemas: ReadApi['schemas'],
  check: SchemaCheck,
): { readonly value: unknown } | { readonly why: string } {
  if (contentType !== undefined && isJson(contentType)) return parsed(text)
  const kinds = contentType === undefined ? kindsOf(schema, schemas) : new Set()
  // Blanks around the items of a list mean nothing.
  const parts = text.trim() === '' ? [] : text.trim().split(/\s*,\s*/)
  if (kinds.has('array')) return { value: parts.map((each) => readText(each, itemsOf(schema, schemas), check)) }
  if (!kinds.has('object')) return { value: readText(text, schema, check) }
  const members = explode
    ? parts.map(memberIn)
    : parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1] ?? '']] : []))
  return {
    value: Object.fromEntries(
      members.map(([name = '', value = '']) => [name, readText(value, memberOf(schema, name, schemas), check)]),
    ),
  }
}

/** `name=value`. */
function memberIn(part: string): readonly string[] {
  const [name = '', ...value] = part.split('=')
  return [name, value.join('=')]
}

function parsed(text: string): { readonly value: unknown } | { readonly why: string } {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { why: `is no JSON: ${text.slice(0, 100)}` }
  }
}
