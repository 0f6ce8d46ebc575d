import { type Problem, problem } from '../../kernel/problem.ts'
import type { Method } from '../rest-channel.ts'
import { acceptHeaders } from './accept-headers.ts'
import { acceptedCodings } from './content-coding.ts'

/** The refusal of a body for its media type, which says what would be taken (RFC 9110, 15.5.16). */
export function typeRefusal(sent: string | undefined, types: readonly string[], method: Method): Problem {
  const what = sent === undefined || sent === '' ? 'The body has no Content-Type' : `The body is ${sent}`
  const list = types.join(', ')
  const more = acceptHeaders[method]
  return problem('unsupported_media_type', `${what}; send ${types.join(' or ')}`, {
    headers: { Accept: list, ...(more !== undefined && { [more]: list }) },
  })
}

/** The refusal of a body for its Content-Encoding, which says what would be taken (RFC 9110, 12.5.3). */
export function codingRefusal(sent: string, decodes: boolean): Problem {
  const way = decodes ? `as it is, or as ${acceptedCodings}` : 'it as it is'
  return problem('unsupported_media_type', `The body is encoded as ${sent}; send ${way}`, {
    headers: { 'Accept-Encoding': decodes ? acceptedCodings : 'identity' },
  })
}
