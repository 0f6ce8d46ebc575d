import type { ReadApi, ReadOperation } from '../../../openapi/read/read-api.ts'
import type { Verdict } from '../cases/fit.ts'
import type { TestCase } from '../cases/parts.ts'
import type { CheckName } from '../check-name.ts'
import type { Caller } from '../credentials.ts'
import type { Step } from '../result.ts'

/** A request, its reply, and what the document says about the request. */
export interface Seen extends Step {
  readonly operation: ReadOperation
  readonly test: TestCase
  /** The body as it came. */
  readonly bytes: Uint8Array
  readonly verdict: Verdict
  readonly isMalformed: boolean
  readonly caller: Caller
  /** The request was none of the operation's own: of another method, or by a caller who is nobody. */
  readonly isProbe: boolean
  /** The operation has taken another request in this run. */
  readonly hasAccepted: boolean
}

/** Something wrong with a reply. */
export interface Finding {
  readonly check: CheckName
  readonly message: string
  /** The members of the body that are meant, as JSON Pointers. */
  readonly members?: readonly string[]
}

/** What a check of single replies looks at beside the reply. */
export interface CheckContext {
  readonly api: ReadApi
  /** The API is one of Trestle's. */
  readonly own: boolean
}

/** A check. */
export interface Check {
  readonly name: CheckName
  /** What has to be. */
  readonly means: string
  /** What goes wrong where it is not. */
  readonly why: string
  /** Who says so. */
  readonly standard: string
  /** What is wrong with one reply; checks that need several requests are made by probes and chains. */
  readonly find?: (seen: Seen, context: CheckContext) => string | Omit<Finding, 'check'> | undefined
}

/** Whether the reply says that all went well, in a status or in the envelope of a server that answers 200 always. */
export function isSuccess({ reply }: Step): boolean {
  return (
    reply.status >= 200 && reply.status < 300 && !/^\s*\{\s*"meta"\s*:\s*\{[^}]*"is_ok"\s*:\s*false/.test(reply.body)
  )
}

/** The body as JSON; nothing where it is none. */
export function jsonOf({ reply }: Step): unknown {
  if (!/[/+]json\b/.test(reply.headers['content-type'] ?? '')) return undefined
  try {
    return JSON.parse(reply.body)
  } catch {
    return undefined
  }
}
