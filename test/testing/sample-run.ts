import { expect } from '../../src/testing/plain-english/expectation.ts'
import { readFeature } from '../../src/testing/plain-english/feature-file.ts'
import { Pending } from '../../src/testing/plain-english/pending.ts'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import { makeReporters } from '../../src/testing/plain-english/report/reporters.ts'
import type { RunResult } from '../../src/testing/plain-english/result.ts'
import { choose } from '../../src/testing/plain-english/run/select.ts'
import { tagFilter } from '../../src/testing/plain-english/run/tags.ts'
import { runFeatures } from '../../src/testing/plain-english/run-features.ts'
import { secretsOf } from '../../src/testing/plain-english/secrets.ts'
import { type Step, step } from '../../src/testing/plain-english/step.ts'

/** Steps that need no server: each does one of the things that a report must be able to show. */
const steps: readonly Step[] = [
  step({ phrase: 'all is well', kind: 'check', run: () => {} }),
  step({
    phrase: '{text} is {value}',
    kind: 'check',
    run: (_, found, expected) => {
      expect(found === expected, `${found} is not ${String(expected)}`, { expected, found })
    },
  }),
  step({
    phrase: 'two objects differ',
    kind: 'check',
    run: () => {
      expect(false, 'the objects differ', { expected: { a: 1, b: [1, 2, 3] }, found: { b: [1, 4, 3], a: 1 } })
    },
  }),
  step({ phrase: 'something breaks', run: () => Promise.reject(new TypeError('x is not a function')) }),
  step({ phrase: 'nothing is written', run: () => Promise.reject(new Pending()) }),
  step({
    phrase: 'a request is sent with {text}',
    kind: 'act',
    run: ({ sent, note }, secret) => {
      note(`used ${secret}`)
      sent({
        method: 'POST',
        url: `http://localhost:17010/login?api_key=abcdefgh`,
        requestHeaders: [
          ['authorization', 'Bearer of something'],
          ['content-type', 'application/json'],
        ],
        requestBody: JSON.stringify({ user: "O'Neil", password: 'hunter22' }),
        status: 401,
        headers: [['content-type', 'application/problem+json']],
        body: JSON.stringify({ code: 'unauthorized', access_token: 'zzzzzzzz', echoed: secret }),
        milliseconds: 12.4,
        cid: 'c-1',
      })
    },
  }),
]

/** The feature of {@link sampleRun}. */
export const sampleFeature = `@shop
Feature: Sample <shop> & more
  What a report must show.

  Scenario: good
    Given all is well

  Scenario: bad "value"
    When a request is sent with "top-secret-value"
    Then "one" is "two"
    And two objects differ
    And all is well
    And nobody knows "this" 7

  Scenario: broken
    Given something breaks
    Then all is well

  @slow
  Scenario: unwritten
    Given nothing is written
`

interface SampleSettings {
  readonly source?: string
  readonly live?: boolean
  readonly colors?: boolean
  /** More steps. */
  readonly own?: readonly Step[]
  readonly retry?: number
}

/** Runs a feature in which one scenario passes and the others do not, and gives what a reporter has written. */
export async function sampleRun(
  reporter: string,
  { source = sampleFeature, live = false, colors = false, own = [], retry = 0 }: SampleSettings = {},
): Promise<{ readonly text: string; readonly result: RunResult }> {
  let text = ''
  const secrets = secretsOf(['top-secret-value'])
  const write = (part: string): void => {
    text += part
  }
  const standardOutput = { write, colors, live, columns: 100, folder: '/app' }
  let ticks = 0
  const all = [readFeature('/app/features/sample.feature', source)]
  const result = await runFeatures({
    ...choose(all, all, { tags: tagFilter([]), name: () => true, lines: new Map() }),
    retry,
    reporter: makeReporters([reporter], { standardOutput, secrets }),
    target: {
      name: 'in process',
      address: 'http://localhost:17010',
      isMeant: () => true,
      send: () => Promise.reject(new Error('nothing is sent here')),
      api: undefined,
    },
    phrases: phrasesOf(steps, own),
    clock: { now: () => new Date(Date.UTC(2026, 0, 2, 3, 4, 5)), elapsed: () => ticks++ },
    signal: new AbortController().signal,
    environment: {},
    settings: {},
    secrets,
    scenariosNamed: () => [],
    folderOf: () => '/app/features',
  })
  return { text, result }
}
