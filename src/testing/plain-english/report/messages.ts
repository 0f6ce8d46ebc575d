import { arch, platform, release } from 'node:os'
import {
  type Envelope,
  HookType,
  version as protocolVersion,
  SourceMediaType,
  StepDefinitionPatternType,
  type StepMatchArgument,
  type TestStep,
  TestStepResultStatus,
  TimeConversion,
} from '@cucumber/messages'
import type { FeatureFile } from '../feature-file.ts'
import type { ScenarioResult, Status, StepResult } from '../result.ts'
import { failureText } from './failure-text.ts'
import { paintFor } from './paint.ts'
import type { MakeReporter } from './reporter.ts'
import { named } from './summary.ts'

const statuses: Readonly<Record<Status, TestStepResultStatus>> = {
  passed: TestStepResultStatus.PASSED,
  failed: TestStepResultStatus.FAILED,
  undefined: TestStepResultStatus.UNDEFINED,
  ambiguous: TestStepResultStatus.AMBIGUOUS,
  pending: TestStepResultStatus.PENDING,
  skipped: TestStepResultStatus.SKIPPED,
}

const testRunStartedId = 'run'

/** Of steps that stand in no file, such as cleaning up. */
const addedHookId = 'added'

/** Cucumber Messages, one JSON object a line, for any tool that reads them. */
export const messages: MakeReporter = (output) => {
  const definitions = new Map<string, string>()
  const seen = new Set<FeatureFile>()
  let cases = 0
  const say = (envelope: Envelope): void => output.write(`${JSON.stringify(envelope)}\n`)

  const define = ({ match }: StepResult): string | undefined => {
    if (match === undefined) return undefined
    const known = definitions.get(match.phrase)
    if (known !== undefined) return known
    const id = `step-${definitions.size + 1}`
    definitions.set(match.phrase, id)
    const pattern = { source: match.phrase, type: StepDefinitionPatternType.CUCUMBER_EXPRESSION }
    say({ stepDefinition: { id, pattern, sourceReference: {} } })
    return id
  }

  const describe = (feature: FeatureFile): void => {
    if (seen.has(feature)) return
    seen.add(feature)
    const uri = named(feature.uri, output)
    const mediaType = uri.endsWith('.md')
      ? SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_MARKDOWN
      : SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN
    say({ source: { uri, data: feature.source, mediaType } })
    for (const { line, column, message } of feature.faults) {
      say({ parseError: { source: { uri, location: { line, column } }, message: `(${line}:${column}): ${message}` } })
    }
    if (feature.document !== undefined) say({ gherkinDocument: { ...feature.document, uri } })
    for (const { pickle } of feature.scenarios) say({ pickle: { ...pickle, uri } })
  }

  return {
    begin: ({ started }) => {
      const os = { name: platform(), version: release() }
      const runtime = { name: 'node.js', version: process.versions.node }
      say({
        meta: { protocolVersion, implementation: { name: 'trestle' }, runtime, os, cpu: { name: arch() } },
      })
      const name = 'What no line of the file says'
      say({ hook: { id: addedHookId, name, type: HookType.AFTER_TEST_CASE, sourceReference: {} } })
      say({ testRunStarted: { id: testRunStartedId, timestamp: timestamp(started.getTime()) } })
    },
    // Not before: the text of a feature may hold secrets that are known only when its steps have run.
    featureEnds: ({ feature, scenarios }) => {
      describe(feature)
      for (const result of scenarios) {
        cases += 1
        sayCase(`case-${cases}`, result, result.steps.map(define), say)
      }
    },
    end: ({ ok, started, duration, features }) => {
      for (const { feature } of features) describe(feature)
      say({ testRunFinished: { testRunStartedId, success: ok, timestamp: timestamp(started.getTime() + duration) } })
    },
  }
}

function sayCase(
  id: string,
  result: ScenarioResult,
  definitions: readonly (string | undefined)[],
  say: (envelope: Envelope) => void,
): void {
  const { scenario, steps, earlier = [] } = result
  const testSteps = steps.map((each, index): TestStep => {
    const pickleStepId = scenario.pickle.steps[index]?.id
    const definition = definitions[index]
    if (pickleStepId === undefined) return { id: `${id}-${index + 1}`, hookId: addedHookId }
    return {
      id: `${id}-${index + 1}`,
      pickleStepId,
      stepDefinitionIds: definition === undefined ? [] : [definition],
      stepMatchArgumentsLists: each.match === undefined ? [] : [{ stepMatchArguments: argumentsOf(each) }],
    }
  })
  say({ testCase: { id, pickleId: scenario.pickle.id, testSteps, testRunStartedId } })
  for (const [attempt, each] of [...earlier, result].entries()) {
    // What was added to another attempt is no step of this case.
    const known = { ...each, steps: each.steps.slice(0, steps.length) }
    sayAttempt(id, known, { attempt, willBeRetried: attempt < earlier.length }, say)
  }
}

function sayAttempt(
  testCaseId: string,
  { scenario, steps, started }: ScenarioResult,
  { attempt, willBeRetried }: { readonly attempt: number; readonly willBeRetried: boolean },
  say: (envelope: Envelope) => void,
): void {
  const testCaseStartedId = `${testCaseId}-started-${attempt + 1}`
  let time = started.getTime()
  say({ testCaseStarted: { id: testCaseStartedId, testCaseId, attempt, timestamp: timestamp(time) } })
  steps.forEach((result, index) => {
    const testStepId = `${testCaseId}-${index + 1}`
    const pickleStepId = scenario.pickle.steps[index]?.id
    say({ testStepStarted: { testCaseStartedId, testStepId, timestamp: timestamp(time) } })
    time += result.duration
    if (result.snippet !== undefined && pickleStepId !== undefined) {
      const snippets = [{ language: 'typescript', code: result.snippet }]
      say({ suggestion: { id: `${testCaseStartedId}-${index + 1}-suggestion`, pickleStepId, snippets } })
    }
    const message = messageOf(result)
    const duration = TimeConversion.millisecondsToDuration(result.duration)
    const testStepResult = { status: statuses[result.status], duration, ...(message !== undefined && { message }) }
    say({ testStepFinished: { testCaseStartedId, testStepId, testStepResult, timestamp: timestamp(time) } })
  })
  say({ testCaseFinished: { testCaseStartedId, timestamp: timestamp(time), willBeRetried } })
}

function messageOf(result: StepResult): string | undefined {
  return result.failure === undefined ? undefined : failureText(result, paintFor(false)).join('\n')
}

function argumentsOf({ match, step }: StepResult): readonly StepMatchArgument[] {
  return (match?.values ?? []).map(({ placeholder, start, end }) => ({
    group: { start, value: step.text.slice(start, end), children: [] },
    parameterTypeName: placeholder,
  }))
}

function timestamp(milliseconds: number): ReturnType<typeof TimeConversion.millisecondsSinceEpochToTimestamp> {
  return TimeConversion.millisecondsSinceEpochToTimestamp(Math.round(milliseconds))
}
