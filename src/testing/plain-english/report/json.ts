import type { FeatureResult, ScenarioResult, StepResult } from '../result.ts'
import { curlOf } from './curl.ts'
import { failureText } from './failure-text.ts'
import { paintFor } from './paint.ts'
import type { MakeReporter, ReportOutput } from './reporter.ts'
import { named } from './summary.ts'

/** One JSON document in the form that Cucumber's tools call JSON, which dashboards and CI plugins read. */
export const json: MakeReporter = (output) => ({
  end: ({ features }) =>
    output.write(
      `${JSON.stringify(
        features.map((each) => featureJson(each, output)),
        null,
        2,
      )}\n`,
    ),
})

function featureJson({ feature, scenarios }: FeatureResult, output: ReportOutput): object {
  const uri = named(feature.uri, output)
  return {
    uri,
    id: slug(feature.name),
    keyword: feature.document?.feature?.keyword ?? 'Feature',
    name: feature.name,
    description: feature.description,
    line: feature.document?.feature?.location.line ?? 1,
    tags: feature.tags.map((name) => ({ name })),
    elements: scenarios.map((each) => scenarioJson(each, slug(feature.name))),
    ...(feature.faults.length > 0 && { errors: feature.faults }),
  }
}

function scenarioJson({ scenario, steps, started, exchange }: ScenarioResult, feature: string): object {
  return {
    id: `${feature};${slug(scenario.name)};${scenario.line}`,
    keyword: 'Scenario',
    type: 'scenario',
    name: scenario.name,
    description: '',
    line: scenario.line,
    start_timestamp: started.toISOString(),
    tags: scenario.tags.map((name) => ({ name })),
    steps: steps.map(stepJson),
    ...(exchange !== undefined && { exchange: { ...exchange, curl: curlOf(exchange) } }),
  }
}

function stepJson(result: StepResult): object {
  const { step, status, duration, match, failure } = result
  const rows = step.table?.map((cells) => ({ cells }))
  return {
    keyword: `${step.keyword} `,
    name: step.text,
    line: step.line,
    ...(step.docString !== undefined && { doc_string: { value: step.docString.content, line: step.line + 1 } }),
    ...(rows !== undefined && { rows }),
    match: match === undefined ? {} : { location: match.phrase },
    result: {
      status,
      // Nanoseconds, as the readers of this format expect.
      duration: Math.round(duration * 1_000_000),
      ...(failure !== undefined && { error_message: failureText(result, paintFor(false)).join('\n') }),
    },
    ...(result.notes.length > 0 && { output: result.notes }),
  }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
}
