import type { ReadApi, ReadOperation } from '../../openapi/read/read-api.ts'
import type { TestCase } from './cases/parts.ts'
import type { KnownThings } from './chains/known-things.ts'
import type { CheckName } from './check-name.ts'
import type { Finding, Seen } from './checks/check.ts'
import type { Caller } from './credentials.ts'
import type { FaultBook } from './fault-book.ts'
import type { Phase } from './phase.ts'
import type { Samples } from './values/samples.ts'

/** Another caller, or headers that no parameter stands for. */
export interface Asking {
  readonly caller?: Caller
  readonly headers?: Readonly<Record<string, string>>
  /** The method in place of the operation's own. */
  readonly method?: string
  /** Nothing is concluded from whether the request is valid. */
  readonly isProbe?: boolean
}

/** What the phases of a run share. */
export interface Run {
  readonly api: ReadApi
  readonly operations: readonly ReadOperation[]
  readonly seed: number
  readonly examples: number
  readonly replayPath: string | undefined
  readonly samples: Samples
  readonly faults: FaultBook
  readonly known: KnownThings
  /** Sends a request; nothing where the values cannot be sent. */
  readonly ask: (test: TestCase, asking?: Asking) => Promise<Seen | undefined>
  /** Whether the run has to end now. */
  readonly isOver: () => boolean
  /** Milliseconds that are left; nothing where there is no limit. */
  readonly timeLeft: () => number | undefined
  readonly note: (sentence: string) => void
  /** What is wrong with a reply by the checks of single replies. */
  readonly examine: (seen: Seen) => readonly Finding[]
  readonly isChecked: (check: CheckName) => boolean
  readonly done: (phase: Phase, operation: ReadOperation, done: number, of: number) => void
}
