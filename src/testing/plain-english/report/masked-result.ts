import type { ScenarioResult, SentExchange, StepResult } from '../result.ts'
import { isProvingHeader, type Secrets } from '../secrets.ts'
import type { Reporter } from './reporter.ts'

/** More of a body than anybody reads in a report. */
const longestBody = 64 * 1024

/** A reporter that is told of results without their secrets. */
export function masking(reporter: Reporter, secrets: Secrets): Reporter {
  const scenario = (result: ScenarioResult): ScenarioResult => maskedScenario(result, secrets)
  return {
    begin: (plan) => reporter.begin?.(plan),
    scenarioBegins: (feature, name) => reporter.scenarioBegins?.(feature, secrets.mask(name)),
    scenarioEnds: (result) => reporter.scenarioEnds?.(scenario(result)),
    featureEnds: (result) => reporter.featureEnds?.({ ...result, scenarios: result.scenarios.map(scenario) }),
    end: (result) =>
      reporter.end?.({
        ...result,
        features: result.features.map((each) => ({ ...each, scenarios: each.scenarios.map(scenario) })),
      }),
  }
}

function maskedScenario(result: ScenarioResult, secrets: Secrets): ScenarioResult {
  return {
    ...result,
    steps: result.steps.map((step) => maskedStep(step, secrets)),
    exchange: result.exchange && maskedExchange(result.exchange, secrets),
    ...(result.earlier !== undefined && { earlier: result.earlier.map((each) => maskedScenario(each, secrets)) }),
  }
}

function maskedStep(result: StepResult, { mask, ...secrets }: Secrets): StepResult {
  const { step, failure } = result
  const { docString } = step
  const text = mask(step.text)
  // Where values stood in the sentence is no longer true once something in it is covered.
  const match = result.match !== undefined && text !== step.text ? { ...result.match, values: [] } : result.match
  return {
    ...result,
    ...(match !== undefined && { match }),
    step: {
      ...step,
      text,
      docString: docString && { ...docString, content: mask(docString.content) },
      table: step.table?.map((row) => row.map(mask)),
    },
    ...(failure !== undefined && {
      failure: {
        message: mask(failure.message),
        ...(failure.stack !== undefined && { stack: mask(failure.stack) }),
        ...(failure.values !== undefined && {
          values: {
            expected: secrets.maskValue(failure.values.expected),
            found: secrets.maskValue(failure.values.found),
          },
        }),
      },
    }),
    exchanges: result.exchanges.map((each) => maskedExchange(each, { mask, ...secrets })),
    notes: result.notes.map(mask),
  }
}

function maskedExchange(exchange: SentExchange, { mask }: Secrets): SentExchange {
  const headers = (list: SentExchange['headers']): SentExchange['headers'] =>
    list.map(([name, value]) => [name, isProvingHeader(name) ? '***' : mask(value)])
  return {
    ...exchange,
    url: mask(exchange.url),
    requestHeaders: headers(exchange.requestHeaders),
    requestBody: exchange.requestBody === undefined ? undefined : mask(shortened(exchange.requestBody)),
    headers: headers(exchange.headers),
    body: mask(shortened(exchange.body)),
  }
}

function shortened(body: string): string {
  return body.length <= longestBody ? body : `${body.slice(0, longestBody)}\n[and ${body.length - longestBody} more]`
}
