import { problem } from '../../kernel/problem.ts'
import type { Exchange, Filter, Outgoing } from '../exchange.ts'
import { discard } from '../reply/discard.ts'
import { headerIn, withoutHeaders } from '../reply/header-list.ts'
import { addHeaders } from '../reply/reply-header.ts'
import { entityTag } from './entity-tag.ts'
import { evaluate } from './precondition.ts'

/** Headers that tell of content, which a 304 has none of (RFC 9110, 15.4.5). */
const ofContent: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
  'content-range',
])
const ofContentAndDate: ReadonlySet<string> = new Set([...ofContent, 'last-modified'])

/** Gives a whole representation its entity tag, where it has none. */
export function tagged(outgoing: Outgoing, tags: 'strong' | 'weak' | 'none'): string | undefined {
  const { headers, body } = outgoing
  const known = headerIn(headers, 'etag')
  if (known !== undefined || tags === 'none') return known
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return undefined
  const made = entityTag(body, tags === 'weak')
  headers.push('ETag', made)
  return made
}

/**
 * Answers a read that is conditional once its reply is known: 304 without content where the client has it already.
 * The filter throws the problem `precondition_failed` where the client asked for another state.
 */
export function conditionalReply(exchange: Exchange, tags: 'strong' | 'weak' | 'none'): Filter {
  const { method, headers } = exchange
  return (outgoing) => {
    // Conditions count only where the reply without them would be a success; parts have been seen to already.
    if (exchange.failed || outgoing.status < 200 || outgoing.status > 299 || outgoing.status === 206) return outgoing
    const etag = tagged(outgoing, tags)
    const lastModified = headerIn(outgoing.headers, 'last-modified')
    const evaluated = evaluate(method, headers, { etag, lastModified })
    if (evaluated.outcome === 'proceed') return outgoing
    if (evaluated.outcome === 'failed') throw problem('precondition_failed')
    const kept = withoutHeaders(outgoing.headers, etag === undefined ? ofContent : ofContentAndDate)
    if (evaluated.tag !== undefined) addHeaders(kept, ['ETag', evaluated.tag])
    discard(outgoing.body)
    return { status: 304, headers: kept, body: undefined }
  }
}
