import { type FeatureContext, featureContext } from '../feature-context.ts'
import type { FeatureFile, Scenario } from '../feature-file.ts'
import { type FeatureResult, isSuccess, type ScenarioResult } from '../result.ts'
import type { RunOptions } from './run-options.ts'
import type { Slots } from './slots.ts'
import { roleOf } from './tags.ts'
import { toldRun } from './told-run.ts'

/** Runs the parts of a run. */
export interface FeatureRun {
  readonly beforeAll: (scenario: Scenario, feature: FeatureFile) => Promise<ScenarioResult>
  /** What is not `prepared` is skipped. It waits for its turn; its `@isolated` scenarios wait for theirs. */
  readonly feature: (feature: FeatureFile, prepared: boolean, turn: Slots) => Promise<FeatureResult>
  readonly afterAll: (scenario: Scenario, feature: FeatureFile) => Promise<ScenarioResult>
}

/**
 * What scenarios have in common: those of a feature run in order, and what one has stored, and its address, headers and
 * credentials, hold for the next ones, so that a feature may tell a story: log in, create, read, delete. Method, path, query and
 * body begin anew with each scenario, since there they say what that scenario is about: one that was forgotten should be
 * missed, not taken from the scenario before. Features know nothing of each other, but for what `@before-all` has stored.
 */
export function featureRun(options: RunOptions): FeatureRun {
  const { clock, skipped, parallel = 1 } = options
  const told = toldRun(options)
  const common = featureContext(options)

  /** One feature, as it goes. */
  const begin = (feature: FeatureFile, prepared: boolean) => {
    const shared = featureContext(options, common.stored)
    const results = new Map<Scenario, ScenarioResult>()
    let ready = prepared
    let unready = 'what is tagged @before-all has failed'
    let stored: ReadonlyMap<string, unknown> = common.stored

    const aloneOne = async (scenario: Scenario): Promise<void> => {
      if (!told.isOver()) results.set(scenario, await told.alone(scenario, feature, stored))
    }
    /** All in order; those that have time are left to the caller, where scenarios may run side by side. */
    const inOrder = async (): Promise<readonly Scenario[]> => {
      const later: Scenario[] = []
      for (const scenario of feature.scenarios) {
        if (roleOf(scenario) === '@cleanup' || told.isOver()) continue
        const reason = ready ? skipped?.get(scenario) : unready
        if (reason !== undefined) results.set(scenario, told.skip(scenario, feature, reason))
        else if (!scenario.tags.includes('@isolated')) await one(scenario)
        else if (parallel > 1) later.push(scenario)
        else await aloneOne(scenario)
      }
      return later
    }
    const one = async (scenario: Scenario): Promise<void> => {
      const result = await told.run(scenario, feature, shared)
      results.set(scenario, result)
      if (roleOf(scenario) !== '@setup') return
      if (ready && !isSuccess(result.status)) {
        ready = false
        unready = `its @setup '${scenario.name}' has failed`
      }
      stored = new Map(shared.stored)
    }
    /** Cleans up where something has run, and gives the results in the order of the file. */
    const end = async (): Promise<readonly ScenarioResult[]> => {
      const hasRun = [...results.values()].some(({ status }) => status !== 'skipped')
      for (const scenario of hasRun ? feature.scenarios : []) {
        if (roleOf(scenario) === '@cleanup') results.set(scenario, await told.run(scenario, feature, unending(shared)))
      }
      const released = await told.release(shared, feature)
      return [...feature.scenarios.flatMap((each) => results.get(each) ?? []), ...released]
    }
    return { inOrder, aloneOne, end }
  }

  return {
    beforeAll: (scenario, feature) => told.run(scenario, feature, common),
    feature: async (feature, prepared, turn) => {
      const began = clock.elapsed()
      const { inOrder, aloneOne, end } = begin(feature, prepared)
      const later = await turn(inOrder)
      await Promise.all(later.map((scenario) => turn(() => aloneOne(scenario))))
      return { feature, scenarios: await turn(end), duration: clock.elapsed() - began }
    },
    afterAll: async (scenario, feature) => {
      const result = await told.run(scenario, feature, unending(common))
      await told.release(common, feature)
      return result
    },
  }
}

/** What cleans up is not ended with the run; its time limit still holds. */
function unending(context: FeatureContext): FeatureContext {
  return { ...context, signal: new AbortController().signal }
}
