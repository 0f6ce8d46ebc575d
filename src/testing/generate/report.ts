import { curlOf } from '../plain-english/report/curl.ts'
import { type Paint, paintFor } from '../plain-english/report/paint.ts'
import { checkTable } from './checks/check-table.ts'
import type { Coverage, CoveragePart, Fault, GenerateResult, Step } from './result.ts'

/** How a report looks. */
export interface ReportSettings {
  readonly colors?: boolean
  /** How many things that were not reached are named in each part of the coverage: 8. */
  readonly missed?: number
}

/** A result for people to read. */
export function reportText(result: GenerateResult, { colors = false, missed = 8 }: ReportSettings = {}): string {
  const paint = paintFor(colors)
  const { title, version, address, seed, operations, requests, milliseconds, faults, coverage, failUnder, notes } =
    result
  const counted = faults.filter(({ allowed }) => !allowed)
  const seconds = (milliseconds / 1000).toFixed(1)
  const below = failUnder !== undefined && coverage.percent < failUnder
  return [
    `${paint('bold', `${title} ${version}`.trim())}  ${paint('gray', address)}`,
    `${operations} ${operations === 1 ? 'operation' : 'operations'}, ${requests} ${requests === 1 ? 'request' : 'requests'} in ${seconds} s, seed ${seed}`,
    '',
    ...faults.flatMap((fault, at) => {
      const [first = '', ...others] = faultText(fault, result, paint)
      return [`${at + 1}. ${first}`, ...others.map((line) => `   ${line}`), '']
    }),
    ...coverageText(coverage, missed, paint),
    ...(notes.length === 0 ? [] : ['', 'Not tested:', ...notes.map((note) => `  - ${note}`)]),
    '',
    ...(result.stopped === undefined
      ? []
      : [
          paint('yellow', result.stopped === 'time' ? 'Ended early: the time was up.' : 'Ended early: it was stopped.'),
        ]),
    ...(below ? [paint('red', `Coverage is ${coverage.percent} %, below the ${failUnder} % that are asked for.`)] : []),
    counted.length === 0
      ? paint('green', faults.length === 0 ? 'No faults found.' : `No faults found but ${faults.length} that may stay.`)
      : paint(
          'red',
          `${counted.length} ${counted.length === 1 ? 'fault' : 'faults'} found. Run again with seed ${seed}.`,
        ),
    '',
  ].join('\n')
}

/** A result as JSON. */
export function reportJson(result: GenerateResult): string {
  return `${JSON.stringify(result, null, 2)}\n`
}

/** A request as a line for a shell. */
export function curlLine({ request, reply }: Step, address: string): string {
  return curlOf({
    method: request.method,
    url: `${address}${request.target}`,
    requestHeaders: Object.entries(request.headers).filter(([name, value]) => name !== 'accept' || value !== '*/*'),
    requestBody: request.body,
    status: reply.status,
    headers: Object.entries(reply.headers),
    body: reply.body,
    milliseconds: reply.milliseconds,
    cid: reply.headers['x-correlation-id'],
  })
}

/** What is told of one fault; its first line names it as `--allow` does. */
export function faultText(
  fault: Fault,
  { address, seed }: Pick<GenerateResult, 'address' | 'seed'>,
  paint: Paint,
): readonly string[] {
  const { operation, check, status, message, what, seen, path, allowed, steps } = fault
  const about = checkTable.find(({ name }) => name === check)
  const color = allowed ? 'yellow' : 'red'
  const times = seen === 1 ? '' : `, seen ${seen} times`
  return [
    `${paint(color, `${operation} ${check} ${status}`)}${allowed ? paint('gray', '  may stay') : ''}`,
    `${message}.`,
    ...(about === undefined ? [] : [paint('gray', `${about.means} ${about.why} (${about.standard})`)]),
    paint('gray', `Found by ${what}${times}.`),
    ...(path === undefined ? [] : [paint('gray', `Once more: --seed ${seed} --replay '${operation} ${path}'`)]),
    ...steps.flatMap((step) => stepText(step, address, paint)),
  ]
}

function stepText(step: Step, address: string, paint: Paint): readonly string[] {
  const { status, headers, body } = step.reply
  const cid = headers['x-correlation-id']
  return [
    ...curlLine(step, address)
      .split('\n')
      .map((line) => `  ${line}`),
    paint(
      'gray',
      `  -> ${status === 0 ? 'no reply' : status}${cid === undefined ? '' : `, cid ${cid}`}  ${shortened(body)}`,
    ),
  ]
}

function shortened(body: string): string {
  const text = body.replaceAll(/\s+/g, ' ').trim()
  return text.length > 300 ? `${text.slice(0, 300)}...` : text
}

const parts: readonly (readonly [Exclude<keyof Coverage, 'percent'>, string])[] = [
  ['operations', 'operations'],
  ['statuses', 'statuses'],
  ['parameters', 'parameters'],
  ['mediaTypes', 'media types'],
  ['security', 'security'],
]

function coverageText(coverage: Coverage, most: number, paint: Paint): readonly string[] {
  const lines = parts.flatMap(([name, words]) => partText(words, coverage[name], most, paint))
  return [`Coverage: ${coverage.percent} %`, ...lines]
}

function partText(words: string, { hit, total, missed }: CoveragePart, most: number, paint: Paint): readonly string[] {
  if (total === 0) return []
  const shown = missed.slice(0, most).map((each) => paint('gray', `    not reached: ${each}`))
  const more = missed.length > most ? [paint('gray', `    and ${missed.length - most} more`)] : []
  return [`  ${words.padEnd(12)} ${hit} of ${total}`, ...shown, ...more]
}
