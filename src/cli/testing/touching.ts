import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { FeatureResult, RunResult } from '../../testing/plain-english/result.ts'
import type { CallNotes } from './call-notes.ts'
import type { ImportGraph } from './import-graph.ts'

/** What a feature depends on. */
export interface FeatureTouch {
  /** The files of the services that it has called, and what those import. */
  readonly files: readonly string[]
  /** Whether it has sent what no service of a known file answered, so that any service may come to answer it. */
  readonly anything: boolean
}

/** What a run has found out about the files of an app. */
export interface Touching {
  /** By the absolute paths of features. */
  readonly features: Readonly<Record<string, FeatureTouch>>
  /** Files that everything depends on: configuration, own steps, and what they import. */
  readonly common: readonly string[]
}

/** Says on which files each feature of a run depends. */
export function touchingOf(
  { features }: RunResult,
  serviceFiles: ReadonlyMap<string, string>,
  notes: CallNotes,
  graph: ImportGraph,
): Touching {
  // Modules go by their paths without links.
  const fileOf = new Map([...serviceFiles].map(([name, file]) => [name, realpathSync(file)]))
  const files = new Set(fileOf.values())
  const touch = (result: FeatureResult): FeatureTouch => {
    const called = result.scenarios.flatMap(({ steps }) => steps.flatMap(({ exchanges }) => exchanges))
    const services = called.map(({ cid }) => [...notes.servicesOf(cid ?? '')])
    const places = services.flat().map((name) => fileOf.get(name))
    return {
      files: [...graph.behind(places.filter((file) => file !== undefined))],
      anything: services.some((names) => names.length === 0) || places.includes(undefined),
    }
  }
  return {
    features: Object.fromEntries(features.map((each) => [realpathSync(resolve(each.feature.uri)), touch(each)])),
    common: [...graph.behind(graph.entries().filter((file) => !files.has(file)))],
  }
}

/**
 * The features that saved files touch: those themselves, and those that depend on the others; nothing where that is not
 * known, so that all have to run.
 */
export function touchedBy(saved: readonly string[], { features, common }: Touching): ReadonlySet<string> | undefined {
  const touched = new Set<string>()
  const byFile = Object.entries(features)
  for (const file of saved) {
    const users = byFile.filter(([, touch]) => touch.files.includes(file))
    if (common.includes(file) || users.length === 0) return undefined
    for (const [feature, { files, anything }] of byFile) if (anything || files.includes(file)) touched.add(feature)
  }
  return touched
}
