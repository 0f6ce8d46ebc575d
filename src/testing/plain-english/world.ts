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
  /** The API under test. */
  readonly target: Target
  /** The request that the steps prepare; steps change its members. */
  readonly request: RequestDraft
  /** The reply to the last request. @throws Error when nothing was sent yet */
  readonly reply: Reply
  /** Whether there is a reply. */
  readonly hasReply: boolean
  /** What texts may refer to; steps store in `variables.stored`. */
  readonly variables: Variables
  /** What a text stands for, with `$NAME`, `@name` and `#name` filled in; as `filledIn`. */
  readonly resolve: (text: string) => unknown
  /** The text of the step's doc string, or undefined. */
  readonly docString: ScenarioStep['docString']
  /** The rows of the step's table, or undefined. */
  readonly table: ScenarioStep['table']
  /** The feature that runs. */
  readonly feature: FeatureFile
  /** The scenario that runs. */
  readonly scenario: Scenario
  /** The folder of the feature file; relative names of files start here, or in its `json`, `xml` and `form` folders. */
  readonly folder: string
  /** The time, for steps that need it. */
  readonly clock: Clock
  /** Aborts when the run is to end. */
  readonly signal: AbortSignal
  /** Sends the prepared request; afterwards there is a reply. */
  readonly send: () => Promise<void>
  /** Does some work with another reply in the place of the last one: a part of it, or an earlier one. */
  readonly withReply: (reply: Reply, work: () => Promise<void>) => Promise<void>
  /** Notes a request for the report; `send` does it by itself. */
  readonly sent: (exchange: SentExchange) => void
  /** Keeps a value, such as a password, out of all reports. */
  readonly hide: (value: string) => void
  /** Writes a line into the report. */
  readonly note: (text: string) => void
  /** Writes a line into the report of a scenario that fails. */
  readonly hint: (text: string) => void
  /** What a family of steps remembers. */
  readonly recall: <T>(memory: Memory<T>) => T
  /** Does what another sentence says, such as one behind `within "10 seconds"`. @throws whatever its step throws */
  readonly perform: (step: Pick<ScenarioStep, 'text'> & Partial<ScenarioStep>) => Promise<void>
  /** The scenarios of a name, those of this feature if there are any, or else of all features that belong to the run. */
  readonly scenariosNamed: (name: string) => readonly Scenario[]
  /** Forgets what steps have prepared, stored and remembered, as if the feature began. */
  readonly cleanUp: () => Promise<void>
}
