import type { FeatureFile, Scenario, ScenarioStep } from './feature-file.ts'
import type { MatchedPhrase } from './matched-phrase.ts'
import type { StepKind } from './step-kind.ts'

/**
 * How a step or a scenario ended. `undefined`: no step has this phrase; `ambiguous`: several have; `pending`: a step said
 * that it is not written yet. Each but `passed` and `skipped` fails the run.
 */
export type Status = 'passed' | 'failed' | 'undefined' | 'ambiguous' | 'pending' | 'skipped'

/** A request that a step has sent, and what came back. */
export interface SentExchange {
  readonly method: string
  readonly url: string
  readonly requestHeaders: readonly (readonly [name: string, value: string])[]
  /** The text of the body; a note in brackets where it is none. */
  readonly requestBody: string | undefined
  /** Nothing when no reply came. */
  readonly status: number | undefined
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly milliseconds: number
  /** The correlation id of the reply, which the lines of the server's log have too. */
  readonly cid: string | undefined
}

/** Why a step failed. */
export interface Failure {
  /** A sentence. */
  readonly message: string
  /** What a check expected and found, where it can say so. */
  readonly values?: { readonly expected: unknown; readonly found: unknown }
  /** The stack of an error that is no failed check: of a step's own code. */
  readonly stack?: string
}

/** How one step went. */
export interface StepResult {
  readonly step: ScenarioStep
  readonly status: Status
  readonly kind: StepKind | undefined
  /** The phrase that fits, and the values in the sentence; nothing when none does. */
  readonly match?: MatchedPhrase
  readonly failure?: Failure
  /** Milliseconds. */
  readonly duration: number
  /** The requests that it sent, also those of polling and loops. */
  readonly exchanges: readonly SentExchange[]
  /** What the step wrote for the report. */
  readonly notes: readonly string[]
  /** For an undefined one: a ready step in TypeScript. */
  readonly snippet?: string
}

/** How one scenario went. */
export interface ScenarioResult {
  readonly scenario: Scenario
  readonly feature: FeatureFile
  readonly status: Status
  readonly steps: readonly StepResult[]
  /** Milliseconds. */
  readonly duration: number
  /** When it began. */
  readonly started: Date
  /** The last exchange before the first failure, or of the scenario. */
  readonly exchange: SentExchange | undefined
  /** Why it was skipped, where it was. */
  readonly reason?: string
  /** How it went the times before, when it failed and was tried again. */
  readonly earlier?: readonly ScenarioResult[]
}

/** How one feature file went; with faults in its grammar it has no scenarios, and has failed. */
export interface FeatureResult {
  readonly feature: FeatureFile
  readonly scenarios: readonly ScenarioResult[]
  readonly duration: number
}

/** How all went. */
export interface RunResult {
  readonly features: readonly FeatureResult[]
  readonly duration: number
  readonly started: Date
  readonly ok: boolean
  /** Whether it ended before all had run. */
  readonly cut: boolean
}

/** Whether a status lets the run pass: a scenario is skipped only when it asks for that. */
export function isSuccess(status: Status): boolean {
  return status === 'passed' || status === 'skipped'
}

const worstFirst: readonly Status[] = ['failed', 'ambiguous', 'undefined', 'pending', 'passed', 'skipped']

/** The status of a whole: that of its worst part, so skipped only when all parts are; passed when there is none. */
export function worst(statuses: readonly Status[]): Status {
  return worstFirst.find((status) => statuses.includes(status)) ?? 'passed'
}
