import { Expectation } from '../../src/testing/plain-english/expectation.ts'
import { readFeature } from '../../src/testing/plain-english/feature-file.ts'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import type { Reporter } from '../../src/testing/plain-english/report/reporter.ts'
import type { RunResult } from '../../src/testing/plain-english/result.ts'
import type { RunOptions } from '../../src/testing/plain-english/run/run-options.ts'
import { choose } from '../../src/testing/plain-english/run/select.ts'
import { tagFilter } from '../../src/testing/plain-english/run/tags.ts'
import { runFeatures } from '../../src/testing/plain-english/run-features.ts'
import { secretsOf } from '../../src/testing/plain-english/secrets.ts'
import { type Step, step } from '../../src/testing/plain-english/step.ts'

/** Features that ran, and what their steps have said, in order. */
export interface RanTexts {
  readonly result: RunResult
  readonly said: readonly string[]
  /** `<name>: <status>` of each scenario. */
  readonly statuses: readonly string[]
}

interface Running extends Partial<Omit<RunOptions, 'features' | 'reporter'>> {
  readonly tags?: readonly string[]
  readonly lines?: Readonly<Record<string, readonly number[]>>
  readonly own?: readonly Step[]
  readonly reporter?: Reporter
}

/**
 * Runs features by the names of their files, whose steps are: `say "text"`, `fail`, `check fails`, `"text" is stored under
 * "name"`, `hang`, and those in `own`.
 */
export async function runTexts(texts: Readonly<Record<string, string>>, running: Running = {}): Promise<RanTexts> {
  const { tags = [], lines = {}, own = [], reporter = {}, ...options } = running
  const said: string[] = []
  const steps: readonly Step[] = [
    step({ phrase: 'say {text}', run: (_, text) => void said.push(text) }),
    step({ phrase: 'fail', run: () => Promise.reject(new Expectation('It fails')) }),
    step({ phrase: 'check fails', kind: 'check', run: () => Promise.reject(new Expectation('The check fails')) }),
    step({
      phrase: '{value} is stored under {name}',
      run: ({ variables }, value, name) => void variables.stored.set(name, value),
    }),
    step({ phrase: 'hang', kind: 'act', run: () => new Promise(() => {}) }),
    ...own,
  ]
  const all = Object.entries(texts).map(([uri, text]) => readFeature(uri, text))
  const chosen = choose(all, all, { tags: tagFilter(tags), name: () => true, lines: new Map(Object.entries(lines)) })
  const result = await runFeatures({
    ...chosen,
    reporter,
    target: {
      name: 'nowhere',
      address: 'http://localhost:17010',
      isMeant: () => true,
      send: () => Promise.reject(new Error('nothing is served')),
      api: undefined,
    },
    phrases: phrasesOf(steps),
    clock: { now: () => new Date(0), elapsed: () => 0 },
    signal: new AbortController().signal,
    environment: {},
    settings: {},
    secrets: secretsOf(),
    scenariosNamed: (name) => all.flatMap(({ scenarios }) => scenarios.filter((each) => each.name === name)),
    folderOf: () => '/',
    ...options,
  })
  const scenarios = result.features.flatMap((each) => each.scenarios)
  return { result, said, statuses: scenarios.map(({ scenario, status }) => `${scenario.name}: ${status}`) }
}
