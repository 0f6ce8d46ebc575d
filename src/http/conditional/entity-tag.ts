import { hash } from 'node:crypto'

/** An entity tag of the bytes of a representation (RFC 9110, 8.8.3): the same bytes have the same tag, in each process. */
export function entityTag(body: string | Uint8Array, weak: boolean = false): string {
  return `${weak ? 'W/' : ''}"${hash('sha256', body, 'base64url').slice(0, 27)}"`
}

/** Whether the text is one entity tag, such as `"v7"` or `W/"v7"`. */
export function isEntityTag(text: string): boolean {
  return one.test(text)
}

/** The entity tags that `If-Match` or `If-None-Match` list. */
export function entityTags(list: string): string[] {
  return list.match(each) ?? []
}

/** The tag of a representation after a content coding: what has other bytes has another strong tag. */
export function codedTag(tag: string, coding: string): string {
  return isWeak(tag) ? tag : `${tag.slice(0, -1)}-${coding}"`
}

/**
 * Whether a tag that a client names is that of the representation (RFC 9110, 8.8.3.2): weak comparison asks for the same
 * text, strong comparison also that neither is weak. The tag of its compressed form counts, too.
 */
export function sameTag(named: string, tag: string, comparison: 'weak' | 'strong'): boolean {
  if (comparison === 'strong' && (isWeak(named) || isWeak(tag))) return false
  const own = textOf(tag)
  const other = textOf(named)
  return other === own || other.replace(coding, '"') === own
}

const each = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g
const one = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/
const coding = /-(?:zstd|br|gzip)"$/

function isWeak(tag: string): boolean {
  return tag.startsWith('W/')
}

function textOf(tag: string): string {
  return isWeak(tag) ? tag.slice(2) : tag
}
