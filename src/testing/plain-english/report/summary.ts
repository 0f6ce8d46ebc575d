import { relative } from 'node:path'
import { isSuccess, type RunResult, type ScenarioResult, type Status } from '../result.ts'
import { counted, featureStatus, flakyCount, isFlaky, scenariosOf, spelledDuration } from './counts.ts'
import { indented } from './failure-text.ts'
import type { Paint } from './paint.ts'
import type { ReportOutput } from './reporter.ts'

/** The last lines of a run: what failed, and how much of everything there was. */
export function summaryText(run: RunResult, output: ReportOutput, paint: Paint): readonly string[] {
  const scenarios = scenariosOf(run)
  const steps = scenarios.flatMap((each) => each.steps)
  const failed = scenarios.filter(({ status }) => !isSuccess(status))
  const faults = run.features.filter(({ feature }) => feature.faults.length > 0)
  const again = [
    ...faults.map(({ feature }) => named(feature.uri, output)),
    ...failed.map((each) => placeOf(each, output)),
  ]
  const flaky = scenarios.filter(isFlaky).map((each) => placeOf(each, output))
  return [
    ...(again.length === 0 ? [] : [paint('red', 'Failed'), ...indented(again), '']),
    ...(flaky.length === 0 ? [] : [paint('yellow', 'Flaky, passed when tried again'), ...indented(flaky), '']),
    ...(run.cut ? [paint('yellow', 'The run was ended before all had run.')] : []),
    counted('feature', run.features.map(featureStatus)),
    statusesOf('scenario', scenarios) + flakyCount(scenarios),
    statusesOf('step', steps),
    paint('gray', spelledDuration(run.duration)),
  ]
}

function statusesOf(what: string, results: readonly { readonly status: Status }[]): string {
  return counted(
    what,
    results.map(({ status }) => status),
  )
}

function placeOf({ feature, scenario }: ScenarioResult, output: ReportOutput): string {
  return `${named(feature.uri, output)}:${scenario.line}  ${titleOf(scenario)}`
}

/** The name of a scenario, or what stands for it where it has none. */
export function titleOf({ name }: { readonly name: string }): string {
  return name === '' ? 'Scenario without a name' : name
}

/** The path of a feature file, as somebody in the folder of the run would write it. */
export function named(uri: string, { folder }: ReportOutput): string {
  const path = relative(folder, uri)
  return path === '' || path.startsWith('..') ? uri : path
}

/** The faults in the grammar of a feature file, as lines. */
export function faultLines(feature: RunResult['features'][number]['feature'], output: ReportOutput): readonly string[] {
  return feature.faults.map(({ line, column, message }) => `${named(feature.uri, output)}:${line}:${column} ${message}`)
}
