import { type RunResult, type ScenarioResult, type Status, worst } from '../result.ts'

/** How many there are of each status. */
export type Counts = Readonly<Partial<Record<Status, number>>>

const inOrder: readonly Status[] = ['passed', 'failed', 'ambiguous', 'undefined', 'pending', 'skipped']

/** Counts statuses, always in the same order; those that nothing has are not there. */
export function countsOf(statuses: readonly Status[]): Counts {
  const counts: Partial<Record<Status, number>> = {}
  for (const status of inOrder) {
    const count = statuses.filter((each) => each === status).length
    if (count > 0) counts[status] = count
  }
  return counts
}

/** All scenarios of a run, in order. */
export function scenariosOf({ features }: RunResult): readonly ScenarioResult[] {
  return features.flatMap(({ scenarios }) => scenarios)
}

/** The status of a feature: failed where its grammar is wrong. */
export function featureStatus({ feature, scenarios }: RunResult['features'][number]): Status {
  return feature.faults.length > 0 ? 'failed' : worst(scenarios.map(({ status }) => status))
}

/** Whether it passed only when it was tried again. */
export function isFlaky({ status, earlier = [] }: ScenarioResult): boolean {
  return status === 'passed' && earlier.length > 0
}

/** How the flaky ones among scenarios are counted, such as `, 2 flaky`; nothing where none is. */
export function flakyCount(scenarios: readonly ScenarioResult[]): string {
  const count = scenarios.filter(isFlaky).length
  return count === 0 ? '' : `, ${count} flaky`
}

/** Such as `12 scenarios (11 passed, 1 failed)`. */
export function counted(what: string, statuses: readonly Status[]): string {
  const counts = Object.entries(countsOf(statuses)).map(([status, count]) => `${count} ${status}`)
  const noun = statuses.length === 1 ? what : `${what}s`
  return `${statuses.length} ${noun}${counts.length === 0 ? '' : ` (${counts.join(', ')})`}`
}

/** Such as `12 ms`, `3.4 s` or `2 min 5 s`. */
export function spelledDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
