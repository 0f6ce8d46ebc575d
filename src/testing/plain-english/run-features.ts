import type { FeatureFile } from './feature-file.ts'
import { type FeatureResult, isSuccess, type RunResult, type ScenarioResult } from './result.ts'
import { featureRun } from './run/feature-run.ts'
import type { RunOptions } from './run/run-options.ts'
import { slots } from './run/slots.ts'

/**
 * Runs features: what is tagged `@before-all`, then the features, those tagged `@serial` one by one behind the others, and at
 * last what is tagged `@after-all`, whatever has happened before. It never throws for what is in features or steps.
 */
export async function runFeatures(options: RunOptions): Promise<RunResult> {
  const { features, reporter, beforeAll = [], afterAll = [], parallel = 1, clock } = options
  const started = clock.now()
  const began = clock.elapsed()
  const scenarios = features.reduce((sum, each) => sum + each.scenarios.length, beforeAll.length + afterAll.length)
  reporter.begin?.({ features, scenarios, target: options.target.name, started, parallel })

  const run = featureRun(options)
  const around: ScenarioResult[] = []
  for (const { feature, scenario } of beforeAll) around.push(await run.beforeAll(scenario, inRun(feature, features)))
  const prepared = around.every(({ status }) => isSuccess(status))

  const turn = slots(parallel)
  const results = new Map<FeatureFile, FeatureResult>()
  const runOne = async (feature: FeatureFile): Promise<void> => {
    const result = await run.feature(feature, prepared, turn)
    results.set(feature, result)
    reporter.featureEnds?.(result)
  }
  const isSerial = ({ tags }: FeatureFile): boolean => parallel === 1 || tags.includes('@serial')
  await Promise.all(features.filter((each) => !isSerial(each)).map(runOne))
  for (const feature of features.filter(isSerial)) await runOne(feature)

  for (const { feature, scenario } of afterAll) around.push(await run.afterAll(scenario, inRun(feature, features)))

  const inOrder = features.flatMap((each) => results.get(each) ?? [])
  const all = withAround(inOrder, around)
  for (const each of all.slice(inOrder.length)) reporter.featureEnds?.(each)
  const cut = all.reduce((sum, each) => sum + each.scenarios.length, 0) < scenarios
  const result: RunResult = {
    features: all,
    duration: clock.elapsed() - began,
    started,
    ok: !cut && all.every(isGood),
    cut,
  }
  reporter.end?.(result)
  return result
}

function isGood({ feature, scenarios }: FeatureResult): boolean {
  return feature.faults.length === 0 && scenarios.every(({ status }) => isSuccess(status))
}

/** The feature as the run has it, so that reports know it for the same. */
function inRun(feature: FeatureFile, features: readonly FeatureFile[]): FeatureFile {
  return features.find(({ uri }) => uri === feature.uri) ?? feature
}

/** The results with those of before and after all in their features, which stand at the end if they have no others. */
function withAround(results: readonly FeatureResult[], around: readonly ScenarioResult[]): readonly FeatureResult[] {
  const own = (feature: FeatureFile): readonly ScenarioResult[] => around.filter((each) => each.feature === feature)
  const joined = results.map((each) => ({ ...each, scenarios: [...own(each.feature), ...each.scenarios] }))
  const known = new Set(results.map(({ feature }) => feature))
  const alone = [...new Set(around.map(({ feature }) => feature))].filter((feature) => !known.has(feature))
  return [
    ...joined,
    ...alone.map((feature): FeatureResult => {
      const scenarios = own(feature)
      return { feature, scenarios, duration: scenarios.reduce((sum, { duration }) => sum + duration, 0) }
    }),
  ]
}
