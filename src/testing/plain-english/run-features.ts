import { type FeatureContext, featureContext, type RunContext } from './feature-context.ts'
import type { FeatureFile, Scenario } from './feature-file.ts'
import type { Reporter } from './report/reporter.ts'
import type { FeatureResult, RunResult, ScenarioResult } from './result.ts'
import { runScenario } from './run-scenario.ts'

/** What runs, and how. */
export interface RunOptions extends RunContext {
  readonly features: readonly FeatureFile[]
  readonly reporter: Reporter
}

/** Runs the scenarios of features one after another. */
export async function runFeatures({ features, reporter, ...context }: RunOptions): Promise<RunResult> {
  const started = context.clock.now()
  const began = context.clock.elapsed()
  const scenarios = features.reduce((sum, each) => sum + each.scenarios.length, 0)
  reporter.begin?.({ features, scenarios, started, target: context.target.name })
  const results: FeatureResult[] = []
  for (const feature of features) {
    const result = await runFeature(feature, context, reporter)
    reporter.featureEnds?.(result)
    results.push(result)
  }
  const duration = context.clock.elapsed() - began
  const run: RunResult = { features: results, duration, started, ok: results.every(isGood), cut: false }
  reporter.end?.(run)
  return run
}

function isGood({ feature, scenarios }: FeatureResult): boolean {
  return feature.faults.length === 0 && scenarios.every(({ status }) => status === 'passed')
}

async function runFeature(feature: FeatureFile, run: RunContext, reporter: Reporter): Promise<FeatureResult> {
  const began = run.clock.elapsed()
  const shared = featureContext(run)
  const scenarios: ScenarioResult[] = []
  for (const scenario of feature.scenarios) {
    reporter.scenarioBegins?.(feature, scenario.name)
    const result = await runScenario(scenario, feature, contextOf(scenario, shared, run))
    reporter.scenarioEnds?.(result)
    scenarios.push(result)
  }
  await shared.memories.forget()
  return { feature, scenarios, duration: run.clock.elapsed() - began }
}

/** Scenarios of a feature follow on from each other, but for those that ask to be alone. */
function contextOf(scenario: Scenario, shared: FeatureContext, run: RunContext): FeatureContext {
  return scenario.tags.includes('@isolated') ? featureContext(run) : shared
}
