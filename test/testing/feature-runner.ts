import { join } from 'node:path'
import { root } from '../../scripts/root.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import { loadApp } from '../../src/platform/load-app.ts'
import { type FeatureFile, readFeature } from '../../src/testing/plain-english/feature-file.ts'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import type { Reporter } from '../../src/testing/plain-english/report/reporter.ts'
import type { RunResult, ScenarioResult } from '../../src/testing/plain-english/result.ts'
import { runFeatures } from '../../src/testing/plain-english/run-features.ts'
import { type Secrets, secretsOf } from '../../src/testing/plain-english/secrets.ts'
import { builtInSteps } from '../../src/testing/plain-english/steps/all-steps.ts'
import type { Target } from '../../src/testing/plain-english/target.ts'

/** The folder with the files that examples of steps name. */
export const stepFiles: string = join(root, 'test', 'testing', 'step-files')

const address = 'http://localhost:17010'
const phrases = phrasesOf(builtInSteps)

/** The example `httpbin` in this process, and what answers paths that it does not have. */
export async function httpbinTarget(
  others: (request: Request) => Promise<Response | undefined> | Response | undefined = () => undefined,
): Promise<Target & AsyncDisposable> {
  const app = await loadApp(join(root, 'examples', 'httpbin'), { log: silentLogger, mode: 'test' })
  const description = await app.fetch(new Request(`${address}/openapi.json`))
  return {
    name: 'in process',
    address,
    isMeant: ({ origin }) => origin === address,
    inProcess: true,
    send: async (request) => (await others(request)) ?? app.fetch(request),
    api: readOpenApi(await description.json()),
    [Symbol.asyncDispose]: async () => void (await app.close({ deadline: 0 })),
  }
}

interface TextSettings {
  readonly library?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly reporterFor?: (secrets: Secrets) => Reporter
}

/** Runs the text of a feature. */
export async function runText(
  source: string,
  target: Target,
  { library = '', environment = {}, reporterFor = () => ({}) }: TextSettings = {},
): Promise<RunResult> {
  const feature = readFeature('features/tested.feature', source)
  const all: readonly FeatureFile[] = [feature, readFeature('features/library.feature', library)]
  const secrets = secretsOf()
  return runFeatures({
    features: [feature],
    reporter: reporterFor(secrets),
    target,
    phrases,
    clock: systemClock,
    signal: new AbortController().signal,
    environment,
    settings: {},
    secrets,
    scenariosNamed: (name) => all.flatMap(({ scenarios }) => scenarios.filter((each) => each.name === name)),
    folderOf: () => stepFiles,
  })
}

/** Runs the lines of one scenario. */
export async function runLines(lines: string, target: Target, options: TextSettings = {}): Promise<ScenarioResult> {
  const result = await runText(`Feature: tested\n  Scenario: tested\n${lines}\n`, target, options)
  const [scenario] = result.features.flatMap(({ scenarios }) => scenarios)
  if (scenario !== undefined) return scenario
  throw new Error(result.features.flatMap(({ feature }) => feature.faults.map(({ message }) => message)).join('\n'))
}

/** Why a scenario did not pass: a line for each step that failed. */
export function faultsOf({ steps }: ScenarioResult): readonly string[] {
  return steps
    .filter(({ status }) => status !== 'passed' && status !== 'skipped')
    .map(({ step, status, failure }) => failure?.message ?? `${status}: ${step.text}`)
}
