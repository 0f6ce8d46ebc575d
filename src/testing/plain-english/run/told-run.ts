import { type FeatureContext, featureContext } from '../feature-context.ts'
import type { FeatureFile, Scenario } from '../feature-file.ts'
import { isSuccess, type ScenarioResult, type StepResult } from '../result.ts'
import { addedStep, runScenario, skippedScenario } from '../run-scenario.ts'
import { retried, withNote } from './retried.ts'
import { reasonOf } from './run-fault.ts'
import type { RunOptions } from './run-options.ts'

/** Runs single scenarios, and tells the reporter of it. */
export interface ToldRun {
  /** Whether no further scenario may begin: the run is ended, or one has failed and that is enough. */
  readonly isOver: () => boolean
  readonly run: (scenario: Scenario, feature: FeatureFile, context: FeatureContext) => Promise<ScenarioResult>
  /** The same in a context of its own, which begins with what is stored, and is cleaned up behind it. */
  readonly alone: (
    scenario: Scenario,
    feature: FeatureFile,
    stored: ReadonlyMap<string, unknown>,
  ) => Promise<ScenarioResult>
  readonly skip: (scenario: Scenario, feature: FeatureFile, reason: string) => ScenarioResult
  /** Releases what a context holds; when that fails, it is a result of its own. */
  readonly release: (context: FeatureContext, feature: FeatureFile) => Promise<readonly ScenarioResult[]>
}

/** Makes one for a run. */
export function toldRun({ reporter, failFast = false, retry = 0, because, ...context }: RunOptions): ToldRun {
  let failed = false

  const told = (result: ScenarioResult): ScenarioResult => {
    failed ||= !isSuccess(result.status)
    reporter.scenarioEnds?.(result)
    return result
  }

  const run: ToldRun['run'] = async (scenario, feature, own) => {
    reporter.scenarioBegins?.(feature, scenario.name)
    const result = await retried(own, retry, () => runScenario(scenario, feature, own))
    return told(withNote(result, because?.get(scenario)))
  }

  return {
    isOver: () => context.signal.aborted || (failFast && failed),
    run,
    alone: async (scenario, feature, stored) => {
      const own = featureContext(context, stored)
      const result = await run(scenario, feature, own)
      const fault = await releasing(own)
      return fault === undefined ? result : { ...result, status: 'failed', steps: [...result.steps, fault] }
    },
    skip: (scenario, feature, reason) => {
      reporter.scenarioBegins?.(feature, scenario.name)
      return told(skippedScenario(scenario, feature, context.clock, reason))
    },
    release: async (own, feature) => {
      const [scenario] = feature.scenarios
      const fault = await releasing(own)
      if (fault === undefined || scenario === undefined) return []
      const cleaning = { ...scenario, id: `${scenario.id}#cleanup`, name: 'Cleaning up after the feature', steps: [] }
      const blank = skippedScenario(cleaning, feature, context.clock, '')
      const result: ScenarioResult = { ...blank, status: 'failed', steps: [fault] }
      reporter.scenarioBegins?.(feature, cleaning.name)
      return [told(result)]
    },
  }
}

async function releasing({ memories }: FeatureContext): Promise<StepResult | undefined> {
  try {
    await memories.forget()
    return undefined
  } catch (error) {
    const message = `What the feature held could not be released: ${reasonOf(error)}`
    return addedStep('(cleaning up)', 'failed', { message })
  }
}
