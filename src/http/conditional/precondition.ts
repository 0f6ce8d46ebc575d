import { problem } from '../../kernel/problem.ts'
import { entityTags, sameTag } from './entity-tag.ts'
import { readHttpDate } from './http-date.ts'

/** What identifies the state of a resource: an entity tag, such as `"v7"`, and an HTTP date; either or both. */
export interface Validators {
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
}

/** The headers of a request, by names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>

/** What becomes of a conditional request; `tag` is the one that the client has, and keeps. */
export interface Evaluated {
  readonly outcome: 'proceed' | 'unmodified' | 'failed'
  readonly tag?: string | undefined
}

const proceed: Evaluated = { outcome: 'proceed' }
const failed: Evaluated = { outcome: 'failed' }

/** Methods whose replies may be "not modified" (RFC 9110, 13.1.2; RFC 10008, 2.6). */
const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY'])

/**
 * Evaluates the conditions of a request against the resource as it is now, in the order of RFC 9110, 13.2.2;
 * `undefined` stands for a resource that does not exist.
 */
export function evaluate(method: string, headers: RequestHeaders, current: Validators | undefined): Evaluated {
  const { etag, lastModified } = current ?? {}
  const changed = lastModified === undefined ? undefined : readHttpDate(lastModified)
  const match = textOf(headers['if-match'])
  if (match !== undefined) {
    const held = match.trim() === '*' ? current !== undefined : find(match, etag, 'strong') !== undefined
    if (!held) return failed
  } else {
    const since = dateOf(headers['if-unmodified-since'])
    if (since !== undefined && changed !== undefined && changed > since) return failed
  }
  const noneMatch = textOf(headers['if-none-match'])
  if (noneMatch !== undefined) {
    const tag = noneMatch.trim() === '*' ? current && (etag ?? '*') : find(noneMatch, etag, 'weak')
    if (tag === undefined) return proceed
    return reading.has(method) ? { outcome: 'unmodified', tag: tag === '*' ? undefined : tag } : failed
  }
  const since = reading.has(method) ? dateOf(headers['if-modified-since']) : undefined
  if (since === undefined || changed === undefined || changed > since) return proceed
  return { outcome: 'unmodified', tag: etag }
}

/** Whether the request says in which state of the resource it may be carried out. */
export function isConditional(headers: RequestHeaders): boolean {
  return (
    headers['if-match'] !== undefined ||
    headers['if-none-match'] !== undefined ||
    headers['if-unmodified-since'] !== undefined
  )
}

/** Refuses a request without conditions. @throws Problem `precondition_required` (RFC 6585, 3) */
export function requirePrecondition(headers: RequestHeaders): void {
  if (isConditional(headers)) return
  throw problem('precondition_required', 'Read the resource first, then send its ETag in If-Match')
}

/** Refuses a request whose conditions the resource as it is now does not meet. @throws Problem `precondition_failed` */
export function checkPrecondition(method: string, headers: RequestHeaders, current: Validators | undefined): void {
  if (evaluate(method, headers, current).outcome !== 'failed') return
  const detail = current === undefined ? 'There is no such resource' : 'The resource is not in the expected state'
  throw problem('precondition_failed', detail)
}

function find(list: string, etag: string | undefined, comparison: 'weak' | 'strong'): string | undefined {
  if (etag === undefined) return undefined
  const named = entityTags(list).find((each) => sameTag(each, etag, comparison))
  // Of the same text the one counts that the resource has, weak or not; else it is that of the compressed form.
  return named?.replace(weakly, '') === etag.replace(weakly, '') ? etag : named
}

const weakly = /^W\//

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value
}

/** A date that is none, or given twice, says nothing. */
function dateOf(value: string | string[] | undefined): number | undefined {
  return typeof value === 'string' ? readHttpDate(value) : undefined
}
