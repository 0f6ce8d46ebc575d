import type { CheckName } from './check-name.ts'
import type { Phase } from './phase.ts'
import type { GenerateProgress } from './progress.ts'

/** A fault that is known and does not count; a part that is left out fits everything. */
export interface AllowedFault {
  /** Such as `GET /things/{id}`, with `*` for any text. */
  readonly operation?: string
  readonly check?: CheckName
  readonly status?: number
  /** Why it may stay. */
  readonly reason?: string
}

/** How tests are generated. */
export interface GenerateSettings {
  /** A whole number; the same one makes the same requests. A random one if not given. */
  readonly seed?: number
  /** Random requests for each operation: 30. */
  readonly examples?: number
  /** All of them if not given. */
  readonly phases?: readonly Phase[]
  /** The checks to make: all if not given. */
  readonly checks?: readonly CheckName[]
  /** Checks that are not made. */
  readonly without?: readonly CheckName[]
  /** By the name of the security scheme: a token or key; of HTTP Basic `username:password`. */
  readonly credentials?: Readonly<Record<string, string>>
  /** Sent with every request, for what no document says. */
  readonly headers?: Readonly<Record<string, string>>
  /** Only these operations: `GET /things/{id}` with `*` for any text, or an operation id. */
  readonly only?: readonly string[]
  /** After this many milliseconds no further test is begun. */
  readonly maxTime?: number
  /** A reply that takes longer counts as none, in milliseconds: 15,000. */
  readonly timeout?: number
  /** Faults that are known. */
  readonly allowed?: readonly AllowedFault[]
  /** The API is one of Trestle's: members that no schema declares are faults, and every reply carries a correlation id. */
  readonly own?: boolean
  /** The percentage of the coverage that the run has to reach. */
  readonly failUnder?: number
  /** Where the API is, in front of the paths of the document; its first server if not given, or `http://localhost`. */
  readonly address?: string
  /** The one property of this operation is run from here: the `path` of a fault, with its seed. */
  readonly replay?: { readonly operation: string; readonly path: string }
  readonly signal?: AbortSignal
  readonly onProgress?: (event: GenerateProgress) => void
  /** Milliseconds that never go back: `performance.now`. */
  readonly now?: () => number
}

/** Answers a request: `app.fetch` in process, `fetch` over the network. */
export type Send = (request: Request) => Promise<Response>
