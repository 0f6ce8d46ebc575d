import type { Schemas } from '../openapi/schema-parts.ts'
import type { Judge } from './cases/judge.ts'
import { operationName } from './cases/parts.ts'
import { noExtras, writtenRequest } from './cases/written-request.ts'
import { isSuccess, type Seen } from './checks/check.ts'
import type { Credentials } from './credentials.ts'
import type { Exchange } from './exchange.ts'
import type { Run } from './run.ts'

/** So often an operation may give no reply; a run would take hours. */
const mostSilent = 4

/** A reply may take a second; so many milliseconds more all replies of an operation together, for the same reason. */
const mostWaiting = 10_000

/** Makes what sends the requests of a run, and counts them. */
export function createAsk(options: {
  readonly exchange: Exchange
  readonly credentials: Credentials
  readonly judge: Judge
  readonly headers: Readonly<Record<string, string>>
  readonly schemas: Schemas
  readonly record: (seen: Seen) => void
  readonly note: (sentence: string) => void
}): { readonly ask: Run['ask']; readonly sent: () => number } {
  const { exchange, credentials, judge, headers, schemas, record, note } = options
  const accepting = new Set<string>()
  const silent = new Map<string, number>()
  const waited = new Map<string, number>()
  let count = 0
  const ask: Run['ask'] = async (test, { caller = 'known', headers: more = {}, method, isProbe = false } = {}) => {
    const { operation, parts, isMalformed = false } = test
    const name = operationName(operation)
    if ((silent.get(name) ?? 0) >= mostSilent || (waited.get(name) ?? 0) >= mostWaiting) return undefined
    const extras = credentials(operation, caller)
    // A caller of whom nothing is known is nobody, and is refused before anything else is looked at.
    if (extras === undefined && caller === 'wrong') return undefined
    const { headers: own, ...rest } = extras ?? noExtras
    const all = { ...rest, headers: { ...headers, ...own, ...more } }
    const written = writtenRequest(method === undefined ? operation : { ...operation, method }, parts, all, schemas)
    if (written === undefined || (written.body !== undefined && ['GET', 'HEAD'].includes(written.method)))
      return undefined
    count += 1
    const { reply, bytes } = await exchange(written)
    const before = waited.get(name) ?? 0
    const waiting = before + Math.max(0, reply.milliseconds - 1000)
    waited.set(name, waiting)
    const seen: Seen = {
      operation,
      test,
      request: written,
      reply,
      bytes,
      verdict: isProbe ? 'unsure' : judge(operation, parts),
      isMalformed,
      caller: extras === undefined ? 'anonymous' : caller,
      isProbe,
      hasAccepted: accepting.has(name),
    }
    if (!isProbe && seen.verdict === 'valid' && isSuccess(seen)) accepting.add(name)
    if (reply.status === 429)
      note(
        `${name}: answered 429 now and then, which says nothing of the request; lift its limit of requests for the test`,
      )
    if (reply.status === 0) {
      silent.set(name, (silent.get(name) ?? 0) + 1)
      if (silent.get(name) === mostSilent)
        note(`${name}: gave no reply ${mostSilent} times, and was left alone after that`)
    }
    if (reply.status !== 0 && before < mostWaiting && waiting >= mostWaiting) {
      note(`${name}: takes its time to answer, and was left alone after some replies; make it quicker for the test`)
    }
    record(seen)
    return seen
  }
  return { ask, sent: () => count }
}
