import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../src/kernel/clock.ts'
import { readFeature } from '../../src/testing/plain-english/feature-file.ts'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import type { StepResult } from '../../src/testing/plain-english/result.ts'
import { runFeatures } from '../../src/testing/plain-english/run-features.ts'
import { type Secrets, secretsOf } from '../../src/testing/plain-english/secrets.ts'
import { builtInSteps } from '../../src/testing/plain-english/steps/all-steps.ts'

/** What the steps of a test meet. */
export interface Surroundings {
  /** What the server answers with; without it, it answers with the body that it was sent. */
  readonly reply?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly settings?: Readonly<Record<string, unknown>>
  /** Where the feature lies. */
  readonly folder?: string
  readonly now?: Date
}

/** What became of the steps of a test. */
export interface StepsRun {
  /** The messages of the steps that have not passed, or their status where there is none. */
  readonly faults: readonly string[]
  readonly steps: readonly StepResult[]
  /** The body of the last request. */
  readonly sent: string
  /** What reports keep to themselves. */
  readonly secrets: Secrets
  /** The body of the last request as JSON. */
  readonly sentJson: unknown
}

const phrases = phrasesOf(builtInSteps)

/** Runs the lines of a scenario, with all steps there are, against a server on this machine. */
export async function runSteps(lines: readonly string[], surroundings: Surroundings = {}): Promise<StepsRun> {
  const {
    reply,
    environment = {},
    settings = {},
    folder = '.',
    now = new Date('2026-01-31T12:00:00.000Z'),
  } = surroundings
  let sent = ''
  const secrets = secretsOf([])
  await using server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      sent = Buffer.concat(parts).toString()
      response.end(reply ?? sent)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clock: Clock = { now: () => now, elapsed: () => performance.now() }
  const source = ['Feature: steps', '  Scenario: steps', ...lines.map((line) => `    ${line}`)].join('\n')
  const feature = readFeature('steps.feature', source)
  const result = await runFeatures({
    features: [feature],
    reporter: {},
    target: { name: address, address, isMeant: () => true, send: (request) => fetch(request), api: undefined },
    phrases,
    clock,
    signal: new AbortController().signal,
    environment,
    settings,
    secrets,
    scenariosNamed: () => [],
    folderOf: () => folder,
  })
  server.closeAllConnections()
  const steps = result.features.flatMap(({ scenarios }) => scenarios.flatMap((each) => each.steps))
  const faults = [
    ...feature.faults.map(({ message }) => message),
    ...steps
      .filter(({ status }) => status !== 'passed' && status !== 'skipped')
      .map(({ failure, status, step }) => failure?.message ?? `${status}: ${step.text}`),
  ]
  return {
    faults,
    steps,
    sent,
    secrets,
    get sentJson() {
      return JSON.parse(sent) as unknown
    },
  }
}

/** Runs checks of a response; gives what is wrong with it. */
export async function checkReply(
  reply: unknown,
  checks: readonly string[],
  more: Surroundings = {},
): Promise<readonly string[]> {
  const text = typeof reply === 'string' ? reply : JSON.stringify(reply)
  const { faults } = await runSteps(['When the URL is invoked', ...checks.map((each) => `Then ${each}`)], {
    ...more,
    reply: text,
  })
  return faults
}
