import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { systemClock } from '../../kernel/clock.ts'
import type { FeatureFile } from '../../testing/plain-english/feature-file.ts'
import { phrasesOf } from '../../testing/plain-english/phrases.ts'
import type { Reporter } from '../../testing/plain-english/report/reporter.ts'
import { makeReporters } from '../../testing/plain-english/report/reporters.ts'
import type { RunResult } from '../../testing/plain-english/result.ts'
import type { FeaturePlace } from '../../testing/plain-english/run/feature-place.ts'
import { type PreparedRun, prepareRun } from '../../testing/plain-english/run/prepared.ts'
import { failedBefore, noteFailed, type RerunFile } from '../../testing/plain-english/run/rerun.ts'
import { reasonOf } from '../../testing/plain-english/run/run-fault.ts'
import { shardOf } from '../../testing/plain-english/run/shard.ts'
import { runFeatures } from '../../testing/plain-english/run-features.ts'
import { type Secrets, secretsOf } from '../../testing/plain-english/secrets.ts'
import { builtInSteps } from '../../testing/plain-english/steps/all-steps.ts'
import { failure, usageError } from '../failure.ts'
import { complain, print } from '../output.ts'
import { type CallNotes, callNotes } from './call-notes.ts'
import { earlyExit } from './early-exit.ts'
import { type ImportGraph, importGraph } from './import-graph.ts'
import { ownSteps } from './known-steps.ts'
import { seconds, type TestOptions, wholeNumber } from './options.ts'
import { type TestPlaces, testPlaces } from './places.ts'
import { secretValues, testSettings } from './settings.ts'
import { standardOutput } from './standard-output.ts'
import { strayErrors } from './stray-errors.ts'
import { openTarget } from './target.ts'
import { type Touching, touchingOf } from './touching.ts'

/** Runs the features that the arguments name, until the signal, and returns the exit code. */
export async function runTests(args: readonly string[], options: TestOptions, signal: AbortSignal): Promise<number> {
  const places = testPlaces(args, options.app)
  const limits = {
    parallel: wholeNumber('--parallel', options.parallel, 1),
    timeout: seconds('--timeout', options.timeout),
    retry: wholeNumber('--retry', options.retry, 0),
    failFast: options.failFast === true,
    dryRun: options.dryRun === true,
  }
  const rerun = rerunFile(options, places)
  const failed = failedBefore(rerun).filter(({ path }) => existsSync(path))
  if (options.rerun === true && failed.length === 0) {
    await print('Nothing failed the last time')
    return 0
  }
  const run = prepare(options, places, failed)
  if (run.files.length === 0) throw failure(`There are no features in ${asText(places)}: their names end in .feature`)

  const settings = await testSettings(options, [...run.files.map(dirname), join(places.base, 'features')])
  const told = options.telling === true && options.address === undefined ? callsAndImports(places) : undefined
  await using opened = await openTarget(options, places, told?.notes)
  const own = await ownSteps(run.files, places)
  const secrets = secretsOf(secretValues(options, settings, process.env))
  const output = standardOutput(options.color)
  using stray = strayErrors(secrets.mask)
  using _exit = earlyExit()
  const result = await runFeatures({
    ...run.chosen,
    ...limits,
    target: opened.target,
    logOf: opened.logOf,
    phrases: phrasesOf(builtInSteps, own),
    clock: systemClock,
    signal,
    environment: process.env,
    settings,
    secrets,
    scenariosNamed: run.scenariosNamed,
    folderOf: (uri) => dirname(resolve(uri)),
    reporter: reporterOf(options, output, secrets),
  })
  await output.flushed()
  // Timers that are due, and what nobody waits for, are told of when there is nothing else to do.
  await setTimeout(1)
  await setImmediate()
  if (!limits.dryRun) await note(rerun, result, run.all)
  if (told !== undefined && !result.cut) await tell(touchingOf(result, opened.serviceFiles, told.notes, told.graph))
  return stray.count > 0 ? 1 : await exitCode(result, options)
}

function callsAndImports({ base }: TestPlaces): { readonly notes: CallNotes; readonly graph: ImportGraph } {
  return { notes: callNotes(), graph: importGraph(realpathSync(base)) }
}

/** Tells the process that watches. */
function tell(touching: Touching): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve()
    else process.send(touching, () => resolve())
  })
}

function prepare(options: TestOptions, places: TestPlaces, failed: readonly FeaturePlace[]): PreparedRun {
  return prepareRun({
    asked: options.rerun === true ? within(failed, places) : places.asked,
    base: places.base,
    working: process.cwd(),
    tags: options.tags,
    names: options.name,
    shard: options.shard === undefined ? undefined : shardOf(options.shard),
    only: options.touched ?? [],
    first: options.failedFirst === true ? failed.map(({ path }) => path) : [],
  })
}

/** What failed, of the features that are asked for. */
function within(failed: readonly FeaturePlace[], { asked }: TestPlaces): readonly FeaturePlace[] {
  return failed.filter(({ path }) => asked.some((each) => path === each.path || path.startsWith(join(each.path, '/'))))
}

function reporterOf(options: TestOptions, output: ReturnType<typeof standardOutput>, secrets: Secrets): Reporter {
  try {
    return makeReporters(options.reporter, { standardOutput: output, secrets })
  } catch (error) {
    throw usageError(reasonOf(error))
  }
}

function rerunFile({ rerunFile: given, data }: TestOptions, { base }: TestPlaces): RerunFile {
  const folder = data === undefined ? join(base, '.trestle') : resolve(data)
  return { file: given === undefined ? join(folder, 'rerun.txt') : resolve(given), folder: base }
}

async function note(rerun: RerunFile, result: RunResult, all: readonly FeatureFile[]): Promise<void> {
  try {
    noteFailed(rerun, result, all)
  } catch (error) {
    // The tests themselves have run: that their list cannot be kept must not change how they went.
    await complain(`What failed cannot be noted for --rerun (${reasonOf(error)}): name another place with --rerun-file`)
  }
}

/** A run that has tested nothing must not look good to those who only see its exit code. */
async function exitCode({ ok, features, cut }: RunResult, options: TestOptions): Promise<number> {
  if (!ok) return 1
  if (features.some(({ scenarios }) => scenarios.length > 0) || cut) return 0
  if (options.shard !== undefined) return 0
  const filters = [...options.tags.map((each) => `--tags '${each}'`), ...options.name.map((each) => `--name '${each}'`)]
  await complain(
    filters.length === 0
      ? 'Nothing was tested: the features have no scenarios'
      : `Nothing was tested: no scenario fits ${filters.join(' and ')}`,
  )
  return 1
}

function asText({ asked }: TestPlaces): string {
  return asked.map(({ path }) => path).join(' and ')
}
