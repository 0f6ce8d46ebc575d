import type { ReadContent } from '../../../openapi/read/read-api.ts'
import { documentedReply } from '../../openapi/documented-reply.ts'
import { contentFor } from '../../openapi/media-type.ts'
import type { ReplyCheck, ReplyFault } from '../../openapi/reply-check.ts'
import type { CheckName } from '../check-name.ts'
import type { Check, Finding, Seen } from './check.ts'

/** Checks of a reply against what the document has for it. */
export const documentedChecks: readonly Check[] = [
  {
    name: 'status_documented',
    means: 'Every status is one that the description has for the operation.',
    why: 'Clients made from the description cannot know what to do with another one.',
    standard: 'OpenAPI, Responses Object',
  },
  {
    name: 'content_type_documented',
    means:
      'A body has a media type that the description has for the status, and there is none where none is described.',
    why: 'Clients read the body as what it is not.',
    standard: 'OpenAPI, Response Object; RFC 9110 section 8.3',
  },
  {
    name: 'headers_match',
    means: 'Headers that are described as required are there, and their values are as described.',
    why: 'A client that relies on one fails.',
    standard: 'OpenAPI, Header Object',
  },
  {
    name: 'body_matches',
    means: 'A body fits the schema of its reply.',
    why: 'Clients fail where a value is missing or of another type.',
    standard: 'OpenAPI, Media Type Object; JSON Schema 2020-12',
  },
]

/** What is wrong with a reply by the document, each fault under its check. */
export function documentedFindings(check: ReplyCheck, { operation, request, reply, bytes }: Seen): readonly Finding[] {
  if (reply.status === 0) return []
  const faults = check({
    method: request.method,
    path: operation.path,
    status: reply.status,
    headers: new Headers(reply.headers),
    body: bytes,
  })
  const byKind = Map.groupBy(faults, ({ kind }) => kind)
  return [...byKind].map(([kind, all]) => {
    const first = all.slice(0, 3).map(({ message }) => message)
    return { check: checkOf[kind], message: first.join('; ') }
  })
}

const checkOf: Readonly<Record<ReplyFault['kind'], CheckName>> = {
  status: 'status_documented',
  type: 'content_type_documented',
  header: 'headers_match',
  body: 'body_matches',
}

/** What the document has for the body of a reply. */
export function documentedContent(seen: Pick<Seen, 'operation' | 'reply'>): ReadContent | undefined {
  return contentFor(
    documentedReply(seen.operation, seen.reply.status)?.contents ?? [],
    seen.reply.headers['content-type'] ?? '',
  )
}
