import type { Clock } from '../../kernel/clock.ts'
import type { FeatureFile, Scenario, ScenarioStep } from './feature-file.ts'
import type { Memory } from './memory.ts'
import type { Reply } from './reply.ts'
import type { RequestDraft } from './request-draft.ts'
import type { SentExchange } from './result.ts'
import type { Target } from './target.ts'
import type { Variables } from './variables.ts'

/** What a step sees: the request that is being prepared, the last reply, what is stored, and the API under test. */
export interface World {
  readonly target: Target
  readonly request: RequestDraft
  /** The reply to the last request. @throws Error when nothing was sent yet */
  readonly reply: Reply
  /** Whether there is a reply. */
  readonly hasReply: boolean
  readonly variables: Variables
  /** What a text stands for, with `$NAME`, `@name` and `#name` filled in; as `filledIn`. */
  readonly resolve: (text: string) => unknown
  /** The text of the step's doc string, or undefined. */
  readonly docString: ScenarioStep['docString']
  /** The rows of the step's table, or undefined. */
  readonly table: ScenarioStep['table']
  readonly feature: FeatureFile
  readonly scenario: Scenario
  /** The folder of the feature file; relative names of files start here, or in its `json`, `xml` and `form` folders. */
  readonly folder: string
  readonly clock: Clock
  /** Aborts when the run is to end. */
  readonly signal: AbortSignal
  /** Sends the prepared request; afterwards there is a reply. */
  readonly send: () => Promise<void>
  /** Notes a request for the report; `send` does it by itself. */
  readonly sent: (exchange: SentExchange) => void
  /** Keeps a value, such as a password, out of all reports. */
  readonly hide: (value: string) => void
  /** Writes a line into the report. */
  readonly note: (text: string) => void
  /** What a family of steps remembers. */
  readonly recall: <T>(memory: Memory<T>) => T
  /** Does what another sentence says, such as one behind `within "10 seconds"`. @throws whatever its step throws */
  readonly perform: (step: Pick<ScenarioStep, 'text'> & Partial<ScenarioStep>) => Promise<void>
  /** The scenarios of all features of the run, by name: for the reuse of their steps. */
  readonly scenariosNamed: (name: string) => readonly Scenario[]
  /** Forgets what steps have prepared, stored and remembered, as if the feature began. */
  readonly cleanUp: () => Promise<void>
}
