import { problem } from '../../kernel/problem.ts'

/**
 * Decodes percent-encoded UTF-8 (RFC 3986, 2.1).
 *
 * @throws Problem `malformed_url` for a lone `%`, for broken UTF-8, and for NUL, which ends texts in what stands behind.
 */
export function decodePercent(text: string): string {
  let decoded: string
  try {
    decoded = decodeURIComponent(text)
  } catch {
    throw problem('malformed_url', 'The URL holds a broken percent-encoding')
  }
  if (decoded.includes('\0')) throw problem('malformed_url', 'The URL holds the character NUL (%00)')
  return decoded
}
