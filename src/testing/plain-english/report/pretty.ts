import type { FeatureFile } from '../feature-file.ts'
import { isSuccess, type ScenarioResult } from '../result.ts'
import { isFlaky, spelledDuration } from './counts.ts'
import { indented, mark, scenarioText } from './failure-text.ts'
import { paintFor } from './paint.ts'
import { progressLine } from './progress.ts'
import type { MakeReporter } from './reporter.ts'
import { faultLines, named, summaryText, titleOf } from './summary.ts'

/** For people: a line for each scenario, and all about those that failed. */
export const pretty: MakeReporter = (output) => {
  const paint = paintFor(output.colors)
  const progress = progressLine(output)
  const kept = new Map<FeatureFile, string[]>()
  let sideBySide = false
  let shown: FeatureFile | undefined
  let blank = true
  const print = (lines: readonly string[]): void => {
    if (lines.length === 0) return
    progress.clear()
    output.write(`${lines.join('\n')}\n`)
    blank = lines.at(-1) === ''
  }
  const gap = (): readonly string[] => (blank ? [] : [''])
  const printOf = (feature: FeatureFile, lines: readonly string[]): void => {
    const place = paint('gray', named(feature.uri, output))
    const heading = feature.name === '' ? place : `${paint('bold', feature.name)}  ${place}`
    print([...(shown === feature ? [] : [...gap(), heading]), ...lines])
    shown = feature
  }
  /** Features that run side by side are shown one after another, each when it has ended. */
  const tell = (feature: FeatureFile, lines: readonly string[]): void => {
    if (sideBySide) kept.set(feature, [...(kept.get(feature) ?? []), ...lines])
    else printOf(feature, lines)
  }
  const release = (feature: FeatureFile): void => {
    const lines = kept.get(feature) ?? []
    kept.delete(feature)
    if (lines.length > 0) printOf(feature, lines)
  }
  const scenarioLines = (result: ScenarioResult): readonly string[] => {
    const { scenario, status, duration, reason } = result
    const about = reason === undefined ? spelledDuration(duration) : reason
    const flaky = isFlaky(result) ? paint('yellow', ' flaky') : ''
    const line = `  ${mark(status, paint)} ${titleOf(scenario)} ${paint('gray', `(${about})`)}${flaky}`
    if (!isSuccess(status)) return [line, ...indented(scenarioText(result, paint), 6), '']
    return [line, ...indented(notesOf(result), 6).map((note) => paint('gray', note))]
  }
  return {
    begin: ({ scenarios, parallel }) => {
      sideBySide = parallel > 1
      progress.begin(scenarios)
    },
    scenarioBegins: (_, name) => progress.scenarioBegins(name),
    scenarioEnds: (result) => {
      tell(result.feature, scenarioLines(result))
      progress.scenarioEnds(result.scenario.name, isSuccess(result.status))
    },
    featureEnds: ({ feature }) => {
      const faults = faultLines(feature, output).map((line) => `${mark('failed', paint)} ${line}`)
      if (faults.length > 0) tell(feature, indented(faults))
      release(feature)
    },
    end: (run) => {
      progress.end()
      for (const feature of kept.keys()) release(feature)
      print([...gap(), ...summaryText(run, output, paint)])
    },
  }
}

function notesOf({ steps }: ScenarioResult): readonly string[] {
  return steps.flatMap(({ notes }) => notes).flatMap((note) => note.split('\n'))
}
