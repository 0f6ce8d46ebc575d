import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type { FeatureFile } from '../feature-file.ts'
import { isSuccess, type RunResult, type ScenarioResult } from '../result.ts'
import { type FeaturePlace, featurePlace, placeText } from './feature-place.ts'
import { RunFault, reasonOf } from './run-fault.ts'
import { roleOf } from './tags.ts'

/** The list of what has failed; paths in it are relative to `folder`, so that it holds from wherever a run is started. */
export interface RerunFile {
  readonly file: string
  readonly folder: string
}

/**
 * The scenarios that failed the last time they ran, by absolute path; none where nothing is noted.
 *
 * @throws RunFault when the file cannot be read
 */
export function failedBefore({ file, folder }: RerunFile): readonly FeaturePlace[] {
  if (!existsSync(file)) return []
  const lines = textOf(file).split(/\r?\n/)
  const places = lines.map((line) => line.trim()).filter((line) => line !== '')
  return places.map(featurePlace).map(({ path, lines }) => ({ path: resolve(folder, path), lines }))
}

/**
 * Notes what has failed, a line for each feature: `features/login.feature:12:30`. What did not run this time stays as it was,
 * as long as it is there: `all` are the features in full.
 *
 * @throws Error when the file cannot be written
 */
export function noteFailed(place: RerunFile, { features }: RunResult, all: readonly FeatureFile[]): void {
  const before = failedBefore(place)
  const full = new Map(all.map((each) => [each.uri, each]))
  const ran = new Set(features.map(({ feature }) => resolve(feature.uri)))
  const others = before.filter(({ path }) => !ran.has(path) && existsSync(path))
  const unprepared = features.some(({ scenarios }) =>
    scenarios.some(({ scenario, status }) => roleOf(scenario) === '@before-all' && !isSuccess(status)),
  )
  const now = features.flatMap(({ feature, scenarios }): readonly FeaturePlace[] => {
    const path = resolve(feature.uri)
    if (feature.faults.length > 0) return [{ path, lines: [] }]
    // What was to prepare them has failed, so that they could not run.
    if (unprepared || !scenarios.every(isPrepared)) return [{ path, lines: [] }]
    const tried = new Set(scenarios.filter(({ status }) => status !== 'skipped').map(({ scenario }) => scenario.line))
    const known = new Set((full.get(feature.uri) ?? feature).scenarios.map(({ line }) => line))
    const old = before.filter((each) => each.path === path).flatMap(({ lines }) => lines)
    const failed = scenarios.filter(({ status }) => !isSuccess(status)).map(({ scenario }) => scenario.line)
    const lines = [...new Set([...old.filter((line) => known.has(line) && !tried.has(line)), ...failed])]
    return lines.length === 0 ? [] : [{ path, lines: lines.sort((one, other) => one - other) }]
  })
  const noted = [...others, ...now]
  if (noted.length === 0 && before.length === 0) return
  const written = noted.map(({ path, lines }) => placeText({ path: shown(path, place.folder), lines }))
  mkdirSync(dirname(place.file), { recursive: true })
  replaceFile(place.file, written.map((line) => `${line}\n`).join(''))
}

/** Another run may read it meanwhile: it is there in full or not at all. */
function replaceFile(file: string, text: string): void {
  // A device or a link, such as /dev/null, is no file to take the place of.
  const isOther = lstatSync(file, { throwIfNoEntry: false })?.isFile() === false
  const draft = isOther ? file : `${file}.${process.pid}`
  writeFileSync(draft, text)
  if (!isOther) renameSync(draft, file)
}

function isPrepared({ scenario, status }: ScenarioResult): boolean {
  return roleOf(scenario) !== '@setup' || isSuccess(status)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new RunFault([
      `What failed the last time cannot be read from ${file} (${reasonOf(error)}): mend --rerun-file`,
    ])
  }
}

function shown(path: string, folder: string): string {
  return relative(folder, path).replaceAll(sep, '/')
}
