import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type FeaturePlace, featurePlace } from '../../testing/plain-english/run/feature-place.ts'
import { failure, usageError } from '../failure.ts'

/** Where a run takes its features from, and the app that they test. */
export interface TestPlaces {
  /** Absolute, and there. */
  readonly asked: readonly FeaturePlace[]
  /** The folder of the app, if the features are in one. */
  readonly app: string | undefined
  /** The folder of the app, or the working folder. */
  readonly base: string
}

/**
 * Understands what the arguments name: app folders stand for their features, and features belong to the app that they are in.
 *
 * @throws Failure for what is not there, and for features of several apps
 */
export function testPlaces(args: readonly string[], appOption: string | undefined): TestPlaces {
  const working = process.cwd()
  if (appOption !== undefined && !isFolder(resolve(appOption))) {
    throw usageError(`--app is '${appOption}', which is no folder: name the folder of the app`)
  }
  const given = appOption === undefined ? undefined : resolve(appOption)
  const named = (args.length > 0 ? args : [given ?? working]).map(placeOf)
  const hasFeatures = (path: string): boolean =>
    isApp(path) || path === given || (args.length === 0 && isFolder(join(path, 'features')))
  const asked = named.map((place) => (hasFeatures(place.path) ? featuresOf(place.path) : place))
  const apps = new Set(named.flatMap(({ path }) => appAround(path) ?? []))
  if (given === undefined && apps.size > 1) {
    throw usageError(`The features are of several apps (${[...apps].join(', ')}): test them one by one`)
  }
  const app = given ?? [...apps][0]
  return { asked, app, base: app ?? working }
}

function placeOf(text: string): FeaturePlace {
  // A name may end in a colon and a number.
  const place = existsSync(text) ? { path: text, lines: [] } : featurePlace(text)
  const path = resolve(place.path)
  if (existsSync(path)) return { ...place, path }
  throw usageError(`There is no file or folder ${path}: name an app folder, a feature file, or a folder of them`)
}

function featuresOf(app: string): FeaturePlace {
  const path = join(app, 'features')
  if (isFolder(path)) return { path, lines: [] }
  throw failure(`${app} has no folder 'features': write a first test in ${join(path, 'first.feature')}`)
}

function appAround(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (isApp(folder)) return folder
    if (dirname(folder) === folder) return undefined
  }
}

/** Whether a folder looks like that of an app. */
function isApp(folder: string): boolean {
  if (!isFolder(folder)) return false
  return isFolder(join(folder, 'services')) || readdirSync(folder).some((name) => name.startsWith('trestle.config.'))
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
