import type { ReadApi } from '../../../openapi/read/read-api.ts'
import { type FindOperation, operationFinder } from '../../openapi/find-operation.ts'
import { type ReplyCheck, replyCheck } from '../../openapi/reply-check.ts'
import { Expectation } from '../expectation.ts'
import type { Reply } from '../reply.ts'
import type { World } from '../world.ts'

/** Says that a reply is not what the API description has: the reply is there, so that checks of it still make sense. */
export class ReplyMismatch extends Expectation {}

/** What one request brought. */
export type Exchanged = Pick<Reply, 'method' | 'url' | 'status' | 'headers' | 'bytes'>

interface ApiCheck {
  readonly find: FindOperation
  readonly faults: ReplyCheck
}

const checks: WeakMap<ReadApi, ApiCheck> = new WeakMap()

/**
 * What is wrong with replies of the API under test by its description, a sentence for each; nothing where it is unknown.
 * Where versions of the API stand side by side, a reply may be that of any of them.
 */
export function mismatches({ target }: World, exchanges: readonly Exchanged[]): readonly string[] {
  const { api, versions = [], inProcess = false } = target
  if (api === undefined) return []
  return exchanges
    .filter(({ url }) => target.isMeant(url))
    .flatMap((exchanged) => fewest([api, ...versions].map((each) => faultsOf(exchanged, checkOf(each, inProcess)))))
}

function checkOf(api: ReadApi, ownDocument: boolean): ApiCheck {
  const known = checks.get(api)
  if (known !== undefined) return known
  const made: ApiCheck = { find: operationFinder(api), faults: replyCheck(api, { ownDocument }) }
  checks.set(api, made)
  return made
}

function faultsOf({ method, url, status, headers, bytes }: Exchanged, { find, faults }: ApiCheck): readonly string[] {
  const { pathname } = url
  // Servers that do not care for a slash at the end are described without it.
  const other = pathname.endsWith('/') ? pathname.replace(/\/+$/, '') : `${pathname}/`
  const path = [pathname, other].find((each) => find(method, each).path !== undefined) ?? pathname
  return faults({ method, path, status, headers, body: bytes }).map(({ message }) => message)
}

function fewest(all: readonly (readonly string[])[]): readonly string[] {
  return all.reduce((least, each) => (each.length < least.length ? each : least))
}

const wayOut = "where that is meant, write 'Given responses are not checked against the API description'"

/** The message for a feature, with the way out. */
export function mismatchMessage(faults: readonly string[]): string {
  const start = 'The response does not match the API description'
  const [first = ''] = faults
  if (faults.length === 1) return `${start}: ${first}; ${wayOut}`
  return [`${start}:`, ...faults.map((each) => `- ${each}`), wayOut].join('\n')
}
