import type { FeatureFile } from '../feature-file.ts'
import type { ScenarioResult } from '../result.ts'
import { spelledDuration } from './counts.ts'
import { indented, mark, scenarioText } from './failure-text.ts'
import { paintFor } from './paint.ts'
import { progressLine } from './progress.ts'
import type { MakeReporter } from './reporter.ts'
import { faultLines, named, summaryText } from './summary.ts'

/** For people: a line for each scenario, and all about those that did not pass. */
export const pretty: MakeReporter = (output) => {
  const paint = paintFor(output.colors)
  const progress = progressLine(output)
  let shown: FeatureFile | undefined
  const print = (lines: readonly string[]): void => {
    if (lines.length === 0) return
    progress.clear()
    output.write(`${lines.join('\n')}\n`)
  }
  const heading = (feature: FeatureFile): void => {
    if (shown === feature) return
    const title = paint('bold', feature.name === '' ? 'Feature without a name' : feature.name)
    print([...(shown === undefined ? [] : ['']), `${title}  ${paint('gray', named(feature.uri, output))}`])
    shown = feature
  }
  return {
    begin: (plan) => progress.begin(plan.scenarios),
    scenarioBegins: (_, name) => progress.scenarioBegins(name),
    scenarioEnds: (result) => {
      const { feature, scenario, status, duration } = result
      heading(feature)
      const took = paint('gray', `(${spelledDuration(duration)})`)
      print([`  ${mark(status, paint)} ${scenario.name === '' ? 'Scenario without a name' : scenario.name} ${took}`])
      if (status !== 'passed') print([...indented(scenarioText(result, paint), 6), ''])
      else print(indented(notesOf(result), 6).map((note) => paint('gray', note)))
      progress.scenarioEnds(scenario.name, status === 'passed')
    },
    featureEnds: ({ feature }) => {
      if (feature.faults.length === 0) return
      heading(feature)
      print(indented(faultLines(feature, output).map((line) => `${mark('failed', paint)} ${line}`)))
    },
    end: (run) => {
      progress.end()
      print(['', ...summaryText(run, output, paint)])
    },
  }
}

function notesOf({ steps }: ScenarioResult): readonly string[] {
  return steps.flatMap(({ notes }) => notes).flatMap((note) => note.split('\n'))
}
