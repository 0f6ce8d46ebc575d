import type { StoredContent } from '../../kernel/media.ts'
import { entityTag } from '../conditional/entity-tag.ts'

/** The tags of bytes that are sent again and again, such as those of a picture kept in memory. */
const tags = new WeakMap<Uint8Array, string>()

/** Text or bytes in memory, to be read in parts. */
export function storedBytes(body: string | Uint8Array, type: string): StoredContent {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const etag = tags.get(bytes) ?? entityTag(bytes)
  tags.set(bytes, etag)
  return { type, size: bytes.length, etag, read: (from, to) => bytes.subarray(from, to) }
}
