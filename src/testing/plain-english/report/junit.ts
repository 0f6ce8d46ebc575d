import type { FeatureFile } from '../feature-file.ts'
import { type FeatureResult, isSuccess, type RunResult, type ScenarioResult } from '../result.ts'
import { countsOf, isFlaky } from './counts.ts'
import { scenarioText } from './failure-text.ts'
import { attributes, element } from './junit-markup.ts'
import { paintFor } from './paint.ts'
import type { MakeReporter, ReportOutput } from './reporter.ts'
import { faultLines, named, titleOf } from './summary.ts'

/** JUnit XML, which CI servers read: a suite for each feature, a case for each scenario. */
export const junit: MakeReporter = (output) => ({
  end: (run) => output.write(document(run, output)),
})

function document(run: RunResult, output: ReportOutput): string {
  const suites = run.features.map((each) => suite(each, output))
  const totals = attributes({ name: 'trestle test', ...figures(run.features), time: seconds(run.duration) })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals}>\n${suites.join('')}</testsuites>\n`
}

function figures(features: readonly FeatureResult[]): Readonly<Record<string, number>> {
  const scenarios = features.flatMap((each) => each.scenarios)
  const faults = features.flatMap(({ feature }) => feature.faults).length
  const counts = countsOf(scenarios.map(({ status }) => status))
  const skipped = counts.skipped ?? 0
  const failures = scenarios.length - (counts.passed ?? 0) - skipped
  return { tests: scenarios.length + faults, failures, errors: faults, skipped }
}

function suite(result: FeatureResult, output: ReportOutput): string {
  const { feature, scenarios, duration } = result
  const started = scenarios[0]?.started.toISOString()
  const about = attributes({
    name: feature.name === '' ? named(feature.uri, output) : feature.name,
    file: named(feature.uri, output),
    ...figures([result]),
    time: seconds(duration),
    ...(started !== undefined && { timestamp: started }),
  })
  const faults = faultLines(feature, output).map((text, index) => {
    const line = feature.faults[index]?.line ?? 1
    return testCase(feature, { name: 'grammar', duration: 0, line, children: [element('error', text, text)] }, output)
  })
  return `  <testsuite ${about}>\n${[...faults, ...scenarios.map((each) => scenarioCase(each, output))].join('')}  </testsuite>\n`
}

function scenarioCase(result: ScenarioResult, output: ReportOutput): string {
  const { feature, scenario, duration } = result
  const { line } = scenario
  return testCase(feature, { name: titleOf(scenario), duration, line, children: outcome(result) }, output)
}

function outcome(result: ScenarioResult): readonly string[] {
  const { status, steps, reason } = result
  if (status === 'skipped')
    return [`      <skipped${reason === undefined ? '' : ` ${attributes({ message: reason })}`}/>\n`]
  // The name that readers know from Maven; others pass over it.
  if (isFlaky(result)) return [element('flakyFailure', steps[0]?.notes[0] ?? '', '')]
  if (isSuccess(status)) return []
  const first = steps.find((each) => !isSuccess(each.status))
  const message = first?.failure?.message ?? `${status}: ${first?.step.keyword} ${first?.step.text}`
  return [element('failure', message, scenarioText(result, paintFor(false)).join('\n'))]
}

interface Case {
  readonly name: string
  readonly duration: number
  /** Readers that write into pull requests look for it. */
  readonly line: number
  readonly children: readonly string[]
}

function testCase(feature: FeatureFile, { name, duration, line, children }: Case, output: ReportOutput): string {
  const file = named(feature.uri, output)
  const classname = feature.name === '' ? file : feature.name
  const about = attributes({ classname, name, time: seconds(duration), file, line })
  return children.length === 0
    ? `    <testcase ${about}/>\n`
    : `    <testcase ${about}>\n${children.join('')}    </testcase>\n`
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}
