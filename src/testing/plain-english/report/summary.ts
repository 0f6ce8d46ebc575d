import { relative } from 'node:path'
import type { RunResult } from '../result.ts'
import { counted, featureStatus, scenariosOf, spelledDuration } from './counts.ts'
import { indented } from './failure-text.ts'
import type { Paint } from './paint.ts'
import type { ReportOutput } from './reporter.ts'

/** The last lines of a run: what failed, and how much of everything there was. */
export function summaryText(run: RunResult, output: ReportOutput, paint: Paint): readonly string[] {
  const scenarios = scenariosOf(run)
  const steps = scenarios.flatMap((each) => each.steps)
  const failed = scenarios.filter(({ status }) => status !== 'passed')
  const faults = run.features.filter(({ feature }) => feature.faults.length > 0)
  const again = [
    ...faults.map(({ feature }) => named(feature.uri, output)),
    ...failed.map(({ feature, scenario }) => `${named(feature.uri, output)}:${scenario.line}  ${scenario.name}`),
  ]
  return [
    ...(again.length === 0 ? [] : [paint('red', 'Failed'), ...indented(again), '']),
    ...(run.cut ? [paint('yellow', 'The run was ended before all had run.')] : []),
    counted('feature', run.features.map(featureStatus)),
    counted(
      'scenario',
      scenarios.map(({ status }) => status),
    ),
    counted(
      'step',
      steps.map(({ status }) => status),
    ),
    paint('gray', spelledDuration(run.duration)),
  ]
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
