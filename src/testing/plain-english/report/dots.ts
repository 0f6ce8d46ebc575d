import { isSuccess, type Status } from '../result.ts'
import { isFlaky, scenariosOf } from './counts.ts'
import { indented, scenarioText, styles } from './failure-text.ts'
import { paintFor } from './paint.ts'
import type { MakeReporter } from './reporter.ts'
import { faultLines, named, summaryText } from './summary.ts'

const signs: Readonly<Record<Status, string>> = {
  passed: '.',
  failed: 'F',
  undefined: 'U',
  ambiguous: 'A',
  pending: 'P',
  skipped: '-',
}

/** A sign for each scenario, then all about those that failed. */
export const dots: MakeReporter = (output) => {
  const paint = paintFor(output.colors)
  let column = 0
  const sign = (status: Status, text = signs[status]): void => {
    output.write(paint(styles[status], text))
    column += 1
    if (column % Math.min(80, output.columns) === 0) output.write('\n')
  }
  return {
    // What has passed at last is not what passes.
    scenarioEnds: (result) => (isFlaky(result) ? sign('pending', 'f') : sign(result.status)),
    featureEnds: ({ feature }) => {
      if (feature.faults.length > 0) sign('failed')
    },
    end: (run) => {
      const faults = run.features.flatMap(({ feature }) => faultLines(feature, output))
      const failed = scenariosOf(run).filter(({ status }) => !isSuccess(status))
      const told = failed.flatMap((result) => [
        `${paint('bold', result.scenario.name)}  ${paint('gray', `${named(result.feature.uri, output)}:${result.scenario.line}`)}`,
        ...indented(scenarioText(result, paint)),
        '',
      ])
      const lines = ['', '', ...faults, ...told, ...summaryText(run, output, paint)]
      output.write(`${lines.join('\n')}\n`)
    },
  }
}
