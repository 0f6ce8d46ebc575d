import type { Outcome } from './bench.ts'
import type { Figure } from './figures.ts'
import type { Machine } from './machine.ts'
import type { Settings } from './options.ts'
import { layOut } from './table.ts'

const heading = [
  'job',
  'server',
  'CPU us min',
  'median',
  'x bare min',
  'x bare paired',
  'req/s',
  'p99 ms',
  'busy',
  'start ms',
  'RSS MB',
]

/** What was measured, on what, and how, for a person. */
export function describe(machine: Machine, settings: Settings, outcome: Outcome): string {
  const { figures, loadAfter, startUps } = outcome
  const where = machine.pins
    ? `server on CPU ${machine.pins.server}, load on CPU ${machine.pins.load}`
    : 'nothing pinned to a CPU'
  return [
    `Node ${machine.node}, ${machine.platform}, ${machine.cpus} x ${machine.cpuModel}; ${where}.`,
    `${outcome.labels.join(', ')}.`,
    `${settings.connections} connections, ${settings.rounds} interleaved rounds of ${settings.seconds} s. ` +
      `Load average ${machine.loadBefore.toFixed(2)} before, ${loadAfter.toFixed(2)} after (ours among it).`,
    '',
    layOut(
      heading,
      figures.flatMap((figure, index) => {
        const row = toRow(figure, startUps[figure.server])
        return index > 0 && figures[index - 1]?.job !== figure.job ? [[], row] : [row]
      }),
    ),
    ...figures.flatMap(({ errors, job, server }) =>
      errors === 0 ? [] : ['', `${server} broke off ${errors} connections or requests during ${job}.`],
    ),
  ].join('\n')
}

/** The sentence for a machine that was busy before the bench began; nothing for one that was not. */
export function warnOfLoad({ cpus, loadBefore }: Machine): string | undefined {
  if (loadBefore / cpus <= 0.5) return undefined
  return (
    `Warning: this machine was busy before the bench began (load average ${loadBefore.toFixed(2)} on ${cpus} CPUs), ` +
    'so compare only figures of the same round, or run again when it is quiet.'
  )
}

function toRow(figure: Figure, startUp: number | undefined): string[] {
  return [
    figure.job,
    figure.server,
    figure.cpuMin.toFixed(1),
    figure.cpuMedian.toFixed(1),
    figure.timesBareMin?.toFixed(2) ?? '-',
    figure.timesBarePaired?.toFixed(2) ?? '-',
    figure.perSecond.toFixed(0),
    figure.p99.toFixed(1),
    `${(figure.busy * 100).toFixed(0)}%`,
    startUp?.toFixed(0) ?? '-',
    (figure.rss / 1024 / 1024).toFixed(0),
  ]
}
