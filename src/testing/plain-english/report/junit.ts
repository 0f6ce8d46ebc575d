import type { FeatureResult, RunResult, ScenarioResult } from '../result.ts'
import { countsOf, scenariosOf } from './counts.ts'
import { scenarioText } from './failure-text.ts'
import { escaped } from './markup.ts'
import { paintFor } from './paint.ts'
import type { MakeReporter, ReportOutput } from './reporter.ts'
import { faultLines, named } from './summary.ts'

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
  const scenarios = scenariosOf({ features } as RunResult)
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
  const faults = faultLines(feature, output).map((line) =>
    testCase(feature.name, 'grammar', 0, [element('error', line, line)]),
  )
  return `  <testsuite ${about}>\n${[...faults, ...scenarios.map((each) => scenarioCase(each))].join('')}  </testsuite>\n`
}

function scenarioCase(result: ScenarioResult): string {
  const { feature, scenario, status, duration, steps } = result
  if (status === 'passed') return testCase(feature.name, scenario.name, duration, [])
  const first = steps.find((each) => each.status !== 'passed' && each.status !== 'skipped')
  const message = first?.failure?.message ?? `${status}: ${first?.step.keyword} ${first?.step.text}`
  const text = scenarioText(result, paintFor(false)).join('\n')
  const children = status === 'skipped' ? ['      <skipped/>\n'] : [element('failure', message, text)]
  return testCase(feature.name, scenario.name, duration, children)
}

function testCase(feature: string, name: string, duration: number, children: readonly string[]): string {
  const about = attributes({ classname: feature, name, time: seconds(duration) })
  return children.length === 0
    ? `    <testcase ${about}/>\n`
    : `    <testcase ${about}>\n${children.join('')}    </testcase>\n`
}

function element(name: string, message: string, text: string): string {
  return `      <${name} ${attributes({ message })}>${escaped(text)}</${name}>\n`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join(' ')
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}
