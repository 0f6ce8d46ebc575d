import type { Clock } from '../../kernel/clock.ts'
import { failureOf } from './failure-of.ts'
import type { FeatureContext } from './feature-context.ts'
import type { FeatureFile, Scenario, ScenarioStep } from './feature-file.ts'
import { ReplyMismatch } from './http/api-check.ts'
import { Pending } from './pending.ts'
import type { PhraseMatch } from './phrases.ts'
import { type Failure, type ScenarioResult, type SentExchange, type Status, type StepResult, worst } from './result.ts'
import { type TimeLimit, timeLimit } from './run/time-limit.ts'
import { createWorld, type ScenarioWorld } from './scenario-world.ts'
import { snippetFor } from './snippet.ts'
import { textOf } from './variables.ts'

/** What a scenario may take in milliseconds, if nobody says otherwise. */
export const usualTimeout = 60_000

/** Runs the steps of a scenario one after another; it never throws. */
export async function runScenario(
  scenario: Scenario,
  feature: FeatureFile,
  context: FeatureContext,
): Promise<ScenarioResult> {
  const started = context.clock.now()
  const began = context.clock.elapsed()
  const steps: StepResult[] = []
  using limit = timeLimit(context.timeout ?? usualTimeout, context.signal)
  const limited = { ...context, signal: limit.signal }
  const world = createWorld(scenario, feature, limited, (inner, sentence) => perform(inner, sentence, limited))
  for (const step of scenario.steps) {
    steps.push(await runStep(step, steps, world, limited, limit))
  }
  if (scenario.steps.length === 0) steps.push(withoutSteps)
  const ended = await closing(world, context)
  if (ended !== undefined) steps.push(ended)
  const exchange = exchangeToShow(steps)
  const duration = context.clock.elapsed() - began
  const status = worst(steps.map((each) => each.status))
  return {
    scenario,
    feature,
    status,
    steps: withHints(steps, [...world.hints, ...logOf(exchange, context)]),
    duration,
    started,
    exchange,
    ...(status === 'skipped' && { reason: 'dry run' }),
  }
}

/** The result of a scenario that is not run, and why it is not. */
export function skippedScenario(
  scenario: Scenario,
  feature: FeatureFile,
  clock: Clock,
  reason: string,
): ScenarioResult {
  const steps = scenario.steps.map(
    (step): StepResult => ({ step, status: 'skipped', kind: undefined, duration: 0, exchanges: [], notes: [] }),
  )
  return { scenario, feature, status: 'skipped', steps, duration: 0, started: clock.now(), exchange: undefined, reason }
}

/** A scenario that tests nothing must not look like a test that passes. */
const withoutSteps: StepResult = addedStep('(no steps)', 'pending', {
  message:
    'This scenario has no steps: begin their lines with Given, When, Then or *, or tag it @wip until they are written',
})

/** What stands in a scenario's results and not in its file. */
export function addedStep(text: string, status: Status, failure: Failure): StepResult {
  const step: ScenarioStep = { keyword: '*', text, line: 0, docString: undefined, table: undefined }
  return { step, status, kind: 'prepare', failure, duration: 0, exchanges: [], notes: [] }
}

/** What the app has logged about a request. */
function logOf(exchange: SentExchange | undefined, context: FeatureContext): readonly string[] {
  return (exchange?.cid !== undefined && context.logOf?.(exchange.cid)) || []
}

/** Adds to the first failure what may help to understand it. */
function withHints(steps: readonly StepResult[], lines: readonly string[]): readonly StepResult[] {
  const failed = steps.findIndex(({ status }) => status === 'failed')
  return steps.map((each, index) => (index === failed ? { ...each, notes: [...each.notes, ...lines] } : each))
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
  limit: TimeLimit,
): Promise<StepResult> {
  const blank = { step, duration: 0, exchanges: [], notes: [] }
  const matches = context.phrases(step.text)
  const [match] = matches
  if (match === undefined)
    return {
      ...blank,
      status: 'undefined',
      kind: undefined,
      snippet: snippetFor(step, context.phrases.near(step.text)),
    }
  if (matches.length > 1) {
    const message = `Several steps fit: ${matches.map(({ phrase }) => `"${phrase}"`).join(' and ')}; reword one of them`
    return { ...blank, status: 'ambiguous', kind: undefined, failure: { message } }
  }
  const { kind } = match.step
  const { phrase, values } = match
  if (context.dryRun === true || isSkipped(before, kind)) {
    return { ...blank, status: 'skipped', kind, match: { phrase, values } }
  }

  const began = context.clock.elapsed()
  const report = world.begin(step)
  const outcome = await attempt(() => limit.within(() => runMatch(match, world)))
  return { step, kind, match: { phrase, values }, ...outcome, duration: context.clock.elapsed() - began, ...report }
}

/** After a failed check only further checks make sense; after anything else nothing does. */
function isSkipped(before: readonly StepResult[], kind: StepResult['kind']): boolean {
  const failed = before.filter(({ status }) => status !== 'passed')
  return failed.length > 0 && !(kind === 'check' && failed.every((each) => each.kind === 'check'))
}

type Outcome = Pick<StepResult, 'status'> & Partial<Pick<StepResult, 'failure' | 'kind'>>

async function attempt(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work()
    return { status: 'passed' }
  } catch (error) {
    if (error instanceof Pending) return { status: 'pending', failure: { message: error.message } }
    const failed: Outcome = { status: 'failed', failure: failureOf(error) }
    // There is a reply: checks of it still make sense.
    return error instanceof ReplyMismatch ? { ...failed, kind: 'check' } : failed
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
  if (match === undefined) {
    const near = context.phrases.near(step.text)
    const meant = near === undefined ? '' : `write '${near}' if that is meant, or `
    throw new Error(`No step has the phrase '${step.text}': ${meant}see 'trestle test --steps'`)
  }
  if (matches.length > 1) throw new Error(`Several steps fit '${step.text}': reword it`)
  await world.within(step, () => runMatch(match, world))
}

/** Releases what the scenario holds; a failure of that is the scenario's. */
async function closing(world: ScenarioWorld, context: FeatureContext): Promise<StepResult | undefined> {
  // It gets time of its own, also when the scenario has had all of its.
  using limit = timeLimit(context.timeout ?? usualTimeout, new AbortController().signal)
  try {
    await limit.within(world.end)
    return undefined
  } catch (error) {
    return addedStep('(cleaning up)', 'failed', failureOf(error))
  }
}
