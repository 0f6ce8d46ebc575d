import { stringify } from 'yaml'
import type { ScenarioResult } from '../result.ts'
import { failureText } from './failure-text.ts'
import { paintFor } from './paint.ts'
import type { MakeReporter } from './reporter.ts'
import { faultLines, named } from './summary.ts'

/** Test Anything Protocol, version 14: a test point for each scenario. */
export const tap: MakeReporter = (output) => {
  let points = 0
  const point = (ok: boolean, title: string, about: object | undefined): void => {
    points += 1
    output.write(`${ok ? 'ok' : 'not ok'} ${points} - ${escaped(title)}\n`)
    if (about === undefined) return
    const lines = stringify(about).trimEnd().split('\n')
    output.write(`${['---', ...lines, '...'].map((line) => `  ${line}`).join('\n')}\n`)
  }
  return {
    begin: () => output.write('TAP version 14\n'),
    scenarioEnds: (result) => {
      const { feature, scenario, status, duration } = result
      const at = `${named(feature.uri, output)}:${scenario.line}`
      const about = { duration_ms: Math.round(duration), at, ...(status === 'passed' ? {} : troubleOf(result)) }
      point(status === 'passed', `${feature.name}: ${scenario.name}`, about)
    },
    featureEnds: ({ feature }) => {
      for (const line of faultLines(feature, output)) point(false, line, undefined)
    },
    end: ({ cut }) => output.write(cut ? 'Bail out! The run was ended before all had run\n' : `1..${points}\n`),
  }
}

function troubleOf({ steps, exchange }: ScenarioResult): object {
  const plain = paintFor(false)
  const bad = steps.filter(({ status }) => status !== 'passed' && status !== 'skipped')
  return {
    steps: bad.map((each) => ({
      step: `${each.step.keyword} ${each.step.text}`,
      line: each.step.line,
      status: each.status,
      message: failureText(each, plain).join('\n'),
    })),
    ...(exchange !== undefined && {
      request: `${exchange.method} ${exchange.url}`,
      status: exchange.status,
      cid: exchange.cid,
      body: exchange.body.slice(0, 2000),
    }),
  }
}

/** `#` would begin a directive (TAP 14). */
function escaped(title: string): string {
  return title.replaceAll('\\', '\\\\').replaceAll('#', '\\#').replaceAll('\n', ' ')
}
