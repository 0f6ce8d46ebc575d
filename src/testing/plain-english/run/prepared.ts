import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FeatureFile, Scenario } from '../feature-file.ts'
import type { FeaturePlace } from './feature-place.ts'
import { findFeatures, isFeatureFile, uriOf } from './find-features.ts'
import { nameFilter } from './name-filter.ts'
import { readFeatures } from './read-features.ts'
import { type Chosen, choose } from './select.ts'
import { type Shard, shardedFeatures } from './shard.ts'
import { tagFilter } from './tags.ts'

/** What a run is asked to run. */
export interface RunRequest {
  /** Files and folders, absolute. */
  readonly asked: readonly FeaturePlace[]
  /** The folder of the app, whose `features` belong to the run though only some of them are asked for. */
  readonly base: string
  /** Reports name files relative to it. */
  readonly working: string
  readonly tags: readonly string[]
  readonly names: readonly string[]
  readonly shard: Shard | undefined
  /** Of the features that are asked for only these files, without links in their paths; all if there are none. */
  readonly only: readonly string[]
  /** Features to begin with. */
  readonly first: readonly string[]
}

/** The features of a run. */
export interface PreparedRun {
  readonly chosen: Chosen
  /** All that belong to it, in full. */
  readonly all: readonly FeatureFile[]
  /** The feature files that are asked for, absolute. */
  readonly files: readonly string[]
  readonly scenariosNamed: (name: string) => readonly Scenario[]
}

/** Finds and reads features, and chooses among their scenarios. @throws RunFault for what is asked for wrongly */
export function prepareRun({ asked, base, working, tags, names, shard, only, first }: RunRequest): PreparedRun {
  const found = findFeatures(asked.map(({ path }) => path))
  const files = only.length === 0 ? found : found.filter((file) => only.includes(realpathSync(file)))
  const around = asked.flatMap(({ path }) => (isFeatureFile(path) ? besides(path) : [path]))
  const library = findFeatures([join(base, 'features'), ...around].filter((each) => existsSync(each)))
  const all = readFeatures([...new Set([...files, ...library])], working)
  const byFile = new Map(all.map((each) => [each.uri, each]))
  const features = files.flatMap((file) => byFile.get(uriOf(file, working)) ?? [])
  const lines = linesOf(asked, working)
  const chosen = choose(features, all, { tags: tagFilter(tags), name: nameFilter(names), lines })
  const mine = shard === undefined ? chosen.features : shardedFeatures(chosen.features, shard)
  const runs = mine.some(({ scenarios }) => scenarios.length > 0)
  return {
    chosen: {
      ...chosen,
      features: begunWith(mine, first, working),
      ...(!runs && { beforeAll: [], afterAll: [] }),
    },
    all,
    files,
    scenariosNamed: namesOf(all),
  }
}

/** The features in the folder of one; what is below may be anything. */
function besides(file: string): readonly string[] {
  const folder = dirname(file)
  const names = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && isFeatureFile(entry.name),
  )
  return names.map(({ name }) => join(folder, name))
}

/** A file that is asked for as a whole too has no lines. */
function linesOf(asked: readonly FeaturePlace[], working: string): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, readonly number[]>()
  for (const place of asked.filter((each) => each.lines.length > 0)) {
    const uri = uriOf(place.path, working)
    const whole = asked.some((each) => each.lines.length === 0 && findFeatures([each.path]).includes(place.path))
    if (!whole) lines.set(uri, [...(lines.get(uri) ?? []), ...place.lines])
  }
  return lines
}

function begunWith(
  features: readonly FeatureFile[],
  first: readonly string[],
  working: string,
): readonly FeatureFile[] {
  const uris = new Set(first.map((file) => uriOf(file, working)))
  return [...features.filter(({ uri }) => uris.has(uri)), ...features.filter(({ uri }) => !uris.has(uri))]
}

/** Finds scenarios by their name, with or without stars around it, as in `*** Log in ***`. */
function namesOf(features: readonly FeatureFile[]): (name: string) => readonly Scenario[] {
  const scenarios = features.flatMap((each) => each.scenarios)
  const bare = (name: string): string => name.replaceAll(/^[\s*]+|[\s*]+$/g, '')
  return (name) => scenarios.filter((each) => bare(each.name) === bare(name))
}
