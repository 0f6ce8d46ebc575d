import { isSuccess, type ScenarioResult } from '../result.ts'
import { failureText } from './failure-text.ts'
import { paintFor } from './paint.ts'
import type { MakeReporter } from './reporter.ts'
import { faultLines, named, titleOf } from './summary.ts'
import { type YamlValue, yamlLines } from './yaml-lines.ts'

/** Test Anything Protocol, version 14: a test point for each scenario. */
export const tap: MakeReporter = (output) => {
  let points = 0
  const point = (ok: boolean, title: string, directive: string, about: YamlValue | undefined): void => {
    points += 1
    output.write(`${ok ? 'ok' : 'not ok'} ${points} - ${escaped(title)}${directive}\n`)
    if (about === undefined) return
    output.write(`${['---', ...yamlLines(about), '...'].map((line) => `  ${line}`).join('\n')}\n`)
  }
  return {
    begin: () => output.write('TAP version 14\n'),
    scenarioEnds: (result) => {
      const { feature, scenario, status, duration, reason = '', earlier } = result
      const about = {
        duration_ms: Math.round(duration),
        at: `${named(feature.uri, output)}:${scenario.line}`,
        ...(earlier !== undefined && { failed_before: earlier.length }),
        ...(isSuccess(status) ? {} : troubleOf(result)),
      }
      const directive = status === 'skipped' ? ` # SKIP ${escaped(reason)}`.trimEnd() : ''
      point(isSuccess(status), `${feature.name}: ${titleOf(scenario)}`, directive, about)
    },
    featureEnds: ({ feature }) => {
      for (const line of faultLines(feature, output)) point(false, line, '', undefined)
    },
    end: ({ cut }) => output.write(cut ? 'Bail out! The run was ended before all had run\n' : `1..${points}\n`),
  }
}

function troubleOf({ steps, exchange }: ScenarioResult): Readonly<Record<string, YamlValue>> {
  const plain = paintFor(false)
  const bad = steps.filter(({ status }) => !isSuccess(status))
  return {
    steps: bad.map((each) => ({
      step: `${each.step.keyword} ${each.step.text}`,
      line: each.step.line,
      status: each.status,
      message: failureText(each, plain).join('\n'),
    })),
    ...(exchange !== undefined && {
      request: `${exchange.method} ${exchange.url}`,
      status: exchange.status ?? 'no reply',
      ...(exchange.cid !== undefined && { cid: exchange.cid }),
      body: exchange.body.slice(0, 2000),
    }),
  }
}

/** `#` would begin a directive (TAP 14). */
function escaped(title: string): string {
  return title
    .replaceAll('\\', '\\\\')
    .replaceAll('#', '\\#')
    .replaceAll(/\s*\n\s*/g, ' ')
}
