import { problem } from '../../kernel/problem.ts'
import { decodePercent } from './percent.ts'

/**
 * The value of a parameter that spans segments: decoded, but for encoded slashes, which stay `%2F`, so that it can be
 * taken apart at its slashes.
 *
 * @throws Problem `malformed_url` for a broken encoding, and for dot segments, which a client resolves (RFC 3986, 5.2.4)
 */
export function decodeSpan(sent: string): string {
  const value = sent.includes('%') ? decodePercent(sent.replaceAll(/%2f/gi, '%252F')) : sent
  if (!value.includes('.')) return value
  if (value.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw problem('malformed_url', "The path holds a segment '.' or '..': send it resolved")
  }
  return value
}
