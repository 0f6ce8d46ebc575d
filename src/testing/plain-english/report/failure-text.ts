import { ownFrames } from '../own-frames.ts'
import type { ScenarioResult, SentExchange, StepResult } from '../result.ts'
import { curlOf } from './curl.ts'
import { type DifferenceLine, difference, shown } from './difference.ts'
import type { Paint } from './paint.ts'

/** A body that is longer is cut in a report on a terminal. */
const longestBody = 2000

/** All that a person needs to see why a step went wrong, as lines. */
export function failureText({ step, status, failure, snippet, notes }: StepResult, paint: Paint): readonly string[] {
  const lines: string[] = []
  if (status === 'undefined') lines.push('No step has this phrase. A ready one, for a file below features/steps/:', '')
  if (snippet !== undefined) lines.push(...snippet.split('\n'))
  if (failure !== undefined) {
    lines.push(...paint('red', failure.message).split('\n'), ...valueLines(failure.values, paint))
    if (failure.stack !== undefined)
      lines.push(
        ...ownFrames(failure.stack)
          .slice(0, 5)
          .map((line) => paint('gray', line)),
      )
  }
  if (step.docString !== undefined && status === 'failed') lines.push(...quotedLines(step.docString.content, paint))
  return [...lines, ...notes.flatMap((note) => note.split('\n')).map((note) => paint('gray', note))]
}

function valueLines(
  values: { readonly expected: unknown; readonly found: unknown } | undefined,
  paint: Paint,
): readonly string[] {
  if (values === undefined) return []
  const lines = difference(values.expected, values.found)
  const given = [
    `${paint('green', '- expected')} ${lines.length > 0 ? '' : shown(values.expected)}`.trimEnd(),
    `${paint('red', '+ found')}    ${lines.length > 0 ? '' : shown(values.found)}`.trimEnd(),
  ]
  return [...given, ...lines.map((line) => painted(line, paint))]
}

function painted({ sign, text }: DifferenceLine, paint: Paint): string {
  const line = `${sign} ${text}`
  if (sign === ' ') return line
  return paint(sign === '-' ? 'green' : 'red', line)
}

function quotedLines(text: string, paint: Paint): readonly string[] {
  return text.split('\n').map((line) => paint('gray', `| ${line}`))
}

/** The request and the reply that a failure is about, as lines. */
export function exchangeText(exchange: SentExchange, paint: Paint): readonly string[] {
  const { status, headers, body, milliseconds, cid } = exchange
  const reply = status === undefined ? 'no reply' : `${status} after ${Math.round(milliseconds)} ms`
  return [
    paint('cyan', 'Request'),
    ...indented(curlOf(exchange).split('\n')),
    `${paint('cyan', 'Response')} ${reply}${cid === undefined ? '' : `, cid ${cid}`}`,
    ...indented(headers.map(([name, value]) => paint('gray', `${name}: ${value}`))),
    ...indented(bodyLines(body)),
  ]
}

function bodyLines(body: string): readonly string[] {
  if (body === '') return []
  const text = prettyJson(body)
  const cut =
    text.length > longestBody ? `${text.slice(0, longestBody)}\n[and ${text.length - longestBody} more]` : text
  return ['', ...cut.split('\n')]
}

function prettyJson(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

/** The lines, moved to the right. */
export function indented(lines: readonly string[], by = 2): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`))
}

const marks = { passed: '✔', failed: '✘', undefined: '?', ambiguous: '?', pending: '…', skipped: '-' } as const
/** The colour of a status. */
export const styles = {
  passed: 'green',
  failed: 'red',
  undefined: 'yellow',
  ambiguous: 'yellow',
  pending: 'yellow',
  skipped: 'gray',
} as const

/** The sign of a status. */
export function mark(status: StepResult['status'], paint: Paint): string {
  return paint(styles[status], marks[status])
}

/** A scenario that did not pass, step by step, with what was sent and came back. */
export function scenarioText({ steps, exchange }: ScenarioResult, paint: Paint): readonly string[] {
  const lines = steps.flatMap((result) => {
    const { step, status } = result
    const title = `${mark(status, paint)} ${step.keyword} ${step.text}`
    const told = indented(status === 'skipped' ? [] : failureText(result, paint), 4)
    return [status === 'skipped' ? paint('gray', title) : title, ...told]
  })
  return exchange === undefined ? lines : [...lines, '', ...exchangeText(exchange, paint)]
}
