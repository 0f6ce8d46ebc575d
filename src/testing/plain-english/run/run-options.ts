import type { RunContext } from '../feature-context.ts'
import type { FeatureFile } from '../feature-file.ts'
import type { Reporter } from '../report/reporter.ts'
import type { Chosen } from './select.ts'

/** What runs, and how. */
export interface RunOptions extends RunContext, Partial<Omit<Chosen, 'features'>> {
  readonly features: readonly FeatureFile[]
  readonly reporter: Reporter
  /** How many features run side by side: 1 if it is not given. They share this process: tests mostly wait. */
  readonly parallel?: number
  /** How often a scenario that fails is tried again, from where it began: not at all if it is not given. */
  readonly retry?: number
  /** Whether no scenario begins after one that failed. */
  readonly failFast?: boolean
}
