import { Expectation } from './expectation.ts'
import type { FeatureContext } from './feature-context.ts'
import type { FeatureFile, Scenario, ScenarioStep } from './feature-file.ts'
import { Pending } from './pending.ts'
import type { PhraseMatch } from './phrases.ts'
import { type Failure, type ScenarioResult, type SentExchange, type Status, type StepResult, worst } from './result.ts'
import { createWorld, type ScenarioWorld } from './scenario-world.ts'
import { snippetFor } from './snippet.ts'
import { textOf } from './variables.ts'

/** Runs the steps of a scenario one after another; it never throws. */
export async function runScenario(
  scenario: Scenario,
  feature: FeatureFile,
  context: FeatureContext,
): Promise<ScenarioResult> {
  const started = context.clock.now()
  const began = context.clock.elapsed()
  const steps: StepResult[] = []
  const world = createWorld(scenario, feature, context, (inner, sentence) => perform(inner, sentence, context))
  for (const step of scenario.steps) {
    steps.push(await runStep(step, steps, world, context))
  }
  const ended = await closing(world)
  if (ended !== undefined) steps.push(ended)
  const status = scenario.steps.length === 0 ? 'passed' : worst(steps.map((each) => each.status))
  const duration = context.clock.elapsed() - began
  return { scenario, feature, status, steps, duration, started, exchange: exchangeToShow(steps) }
}

/** What is to be shown of a scenario: the exchange that its first failure is about. */
function exchangeToShow(steps: readonly StepResult[]): SentExchange | undefined {
  const failed = steps.findIndex(({ status }) => status === 'failed')
  const until = failed === -1 ? steps : steps.slice(0, failed + 1)
  return until.flatMap(({ exchanges }) => exchanges).at(-1)
}

async function runStep(
  step: ScenarioStep,
  before: readonly StepResult[],
  world: ScenarioWorld,
  context: FeatureContext,
): Promise<StepResult> {
  const blank = { step, duration: 0, exchanges: [], notes: [] }
  const matches = context.phrases(step.text)
  const [match] = matches
  if (match === undefined) return { ...blank, status: 'undefined', kind: undefined, snippet: snippetFor(step) }
  if (matches.length > 1) {
    const message = `Several steps fit: ${matches.map(({ phrase }) => `"${phrase}"`).join(' and ')}; reword one of them`
    return { ...blank, status: 'ambiguous', kind: undefined, failure: { message } }
  }
  const { kind } = match.step
  if (isSkipped(before, kind) || context.signal.aborted) return { ...blank, status: 'skipped', kind }

  const began = context.clock.elapsed()
  const report = world.begin(step)
  const outcome = await attempt(match, world)
  const { phrase, values } = match
  return { step, kind, match: { phrase, values }, ...outcome, duration: context.clock.elapsed() - began, ...report }
}

/** After a failed check only further checks make sense; after anything else nothing does. */
function isSkipped(before: readonly StepResult[], kind: StepResult['kind']): boolean {
  const failed = before.filter(({ status }) => status !== 'passed')
  return failed.length > 0 && !(kind === 'check' && failed.every((each) => each.kind === 'check'))
}

async function attempt(match: PhraseMatch, world: ScenarioWorld): Promise<{ status: Status; failure?: Failure }> {
  try {
    await runMatch(match, world)
    return { status: 'passed' }
  } catch (error) {
    if (error instanceof Pending) return { status: 'pending', failure: { message: error.message } }
    return { status: 'failed', failure: failureOf(error) }
  }
}

/** Fills in the values of the sentence, and does what it says. */
async function runMatch({ step, values }: PhraseMatch, world: ScenarioWorld): Promise<void> {
  const given = values.map(({ placeholder, raw }) => {
    if (placeholder === 'text') return textOf(world.resolve(String(raw)))
    if (placeholder === 'value') return world.resolve(String(raw))
    return raw
  })
  await step.run(world, ...(given as never[]))
}

async function perform(
  world: ScenarioWorld,
  step: Pick<ScenarioStep, 'text'> & Partial<ScenarioStep>,
  context: FeatureContext,
): Promise<void> {
  const matches = context.phrases(step.text)
  const [match] = matches
  if (match === undefined) throw new Error(`No step has the phrase '${step.text}': see 'trestle test --steps'`)
  if (matches.length > 1) throw new Error(`Several steps fit '${step.text}': reword it`)
  await world.within(step, () => runMatch(match, world))
}

function failureOf(error: unknown): Failure {
  if (error instanceof Expectation) {
    const { message, expected, found, hasValues } = error
    return hasValues ? { message, values: { expected, found } } : { message }
  }
  if (!(error instanceof Error)) return { message: String(error) }
  return error.stack === undefined ? { message: error.message } : { message: error.message, stack: error.stack }
}

/** Releases what the scenario holds; a failure of that is the scenario's. */
async function closing(world: ScenarioWorld): Promise<StepResult | undefined> {
  try {
    await world.end()
    return undefined
  } catch (error) {
    const step: ScenarioStep = { keyword: '*', text: '(cleaning up)', line: 0, docString: undefined, table: undefined }
    return { step, status: 'failed', kind: 'prepare', failure: failureOf(error), duration: 0, exchanges: [], notes: [] }
  }
}
