import type { CheckName } from './check-name.ts'
import type { Phase } from './phase.ts'

/** A request as it was sent. */
export interface SentRequest {
  readonly method: string
  /** Path and query, encoded. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  /** Nothing where no body was sent. */
  readonly body: string | undefined
}

/** A reply as it came. */
export interface SeenReply {
  /** 0 where none came in time. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly milliseconds: number
}

/** A request and its reply. */
export interface Step {
  readonly request: SentRequest
  readonly reply: SeenReply
}

/** Something that the API does not do as it has to. */
export interface Fault {
  /** Such as `POST /things`. */
  readonly operation: string
  readonly check: CheckName
  /** The status of the reply that shows it. */
  readonly status: number
  /** What is wrong, in one sentence. */
  readonly message: string
  /** The members of the body that are meant, as JSON Pointers, where the check is about some of them. */
  readonly members: readonly string[]
  readonly phase: Phase
  /** What the request was made to show, such as `query.limit is above its maximum`. */
  readonly what: string
  /** The smallest requests that show it, in order; the last one has the reply at fault. */
  readonly steps: readonly Step[]
  readonly seed: number
  /** Where the run found it, for `replay`; only of phase `properties`. */
  readonly path: string | undefined
  /** How many requests of the run showed it before the smallest was looked for. */
  readonly seen: number
  /** It is on the list of those that may stay. */
  readonly allowed: boolean
}

/** How much of one kind of thing was reached. */
export interface CoveragePart {
  readonly hit: number
  readonly total: number
  /** What was not reached, such as `GET /things 404`. */
  readonly missed: readonly string[]
}

/** How much of the document was reached. */
export interface Coverage {
  /** An operation counts when it answered with a status below 500. */
  readonly operations: CoveragePart
  /** Documented statuses but those of 5xx and `default`. */
  readonly statuses: CoveragePart
  /** A parameter counts when it was sent in a request that was not refused; members of bodies as well. */
  readonly parameters: CoveragePart
  /** Media types of requests and replies. */
  readonly mediaTypes: CoveragePart
  /** Operations that ask for credentials, with, without and with wrong ones. */
  readonly security: CoveragePart
  /** All of the parts together, from 0 to 100, rounded down. */
  readonly percent: number
}

/** What a run found. */
export interface GenerateResult {
  /** No fault but those that may stay, coverage as asked for, and nothing cut short. */
  readonly ok: boolean
  readonly seed: number
  readonly title: string
  readonly version: string
  readonly address: string
  readonly faults: readonly Fault[]
  readonly coverage: Coverage
  readonly failUnder: number | undefined
  readonly operations: number
  readonly requests: number
  readonly milliseconds: number
  readonly phases: readonly { readonly phase: Phase; readonly requests: number; readonly milliseconds: number }[]
  /** What could not be tested, and why, one sentence each. */
  readonly notes: readonly string[]
  /** Why the run ended early, if it did. */
  readonly stopped: 'time' | 'abort' | undefined
}
