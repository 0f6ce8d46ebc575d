import type { FeatureFile } from '../feature-file.ts'
import type { FeatureResult, RunResult, ScenarioResult } from '../result.ts'

/** What is going to run. */
export interface RunPlan {
  /** The features with the scenarios that are selected, and with faults where their grammar is wrong. */
  readonly features: readonly FeatureFile[]
  /** How many scenarios will run. */
  readonly scenarios: number
  readonly started: Date
  /** Where they run: `in process`, or an address. */
  readonly target: string
  /** How many features run side by side. */
  readonly parallel: number
}

/** Where a reporter writes to. */
export interface ReportOutput {
  readonly write: (text: string) => void
  /** Whether colours are shown. */
  readonly colors: boolean
  /** Whether what was written can be written over: a terminal. */
  readonly live: boolean
  readonly columns: number
  /** Reports name files relative to it. */
  readonly folder: string
}

/** Told how a run goes; all values that are secret are masked by then. */
export interface Reporter {
  readonly begin?: (plan: RunPlan) => void
  /** When a scenario begins; several may run at once. */
  readonly scenarioBegins?: (feature: FeatureFile, name: string) => void
  readonly scenarioEnds?: (result: ScenarioResult) => void
  readonly featureEnds?: (result: FeatureResult) => void
  readonly end?: (result: RunResult) => void
}

/** Makes a reporter for one run. */
export type MakeReporter = (output: ReportOutput) => Reporter
