import type { FeatureFile } from '../feature-file.ts'
import { RunFault } from './run-fault.ts'

/** A part of a run: the first of three is `{ index: 1, count: 3 }`. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** Reads `1/3`. @throws RunFault */
export function shardOf(text: string): Shard {
  const [, index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number)
  if (index >= 1 && index <= count) return { index, count }
  throw new RunFault([`--shard is '${text}': write it as 1/3 for the first of three`], true)
}

/**
 * The features of a shard. Every machine that has the same features shares them out alike: the biggest first, each to the
 * shard with the fewest scenarios. A feature stays whole, since its scenarios follow on from each other.
 */
export function shardedFeatures(features: readonly FeatureFile[], { index, count }: Shard): readonly FeatureFile[] {
  const loads = Array.from({ length: count }, () => 0)
  const mine = new Set<FeatureFile>()
  const order = [...features].sort(
    (one, other) => other.scenarios.length - one.scenarios.length || (one.uri < other.uri ? -1 : 1),
  )
  for (const feature of order) {
    const lightest = loads.indexOf(Math.min(...loads))
    // One without scenarios still has to be read by somebody: its faults count.
    loads[lightest] = (loads[lightest] ?? 0) + Math.max(1, feature.scenarios.length)
    if (lightest === index - 1) mine.add(feature)
  }
  return features.filter((each) => mine.has(each))
}
