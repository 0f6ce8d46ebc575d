import type { FeatureFile, Scenario } from '../feature-file.ts'
import { scenariosAt } from './at-line.ts'
import { neededBefore } from './stored-names.ts'
import { leftOutFor, type Role, roleOf, type TagFilter } from './tags.ts'

/** Which scenarios are asked for; all that is said has to hold. */
export interface Selection {
  readonly tags: TagFilter
  /** Whether a name is asked for. */
  readonly name: (name: string) => boolean
  /** By uri: only what these lines point at. */
  readonly lines: ReadonlyMap<string, readonly number[]>
}

/** A scenario and the feature that it is of. */
export interface Placed {
  readonly feature: FeatureFile
  readonly scenario: Scenario
}

/** What a run consists of. */
export interface Chosen {
  /** With the scenarios that run, in order: `@setup` first, `@cleanup` last. Those with faults are among them. */
  readonly features: readonly FeatureFile[]
  readonly beforeAll: readonly Placed[]
  readonly afterAll: readonly Placed[]
  /** Those that are reported as skipped, and why. */
  readonly skipped: ReadonlyMap<Scenario, string>
  /** Why a scenario runs that nobody has asked for. */
  readonly because: ReadonlyMap<Scenario, string>
}

/**
 * Chooses the scenarios of a run. `all` are the features that belong to it, of which `asked` are looked through; those
 * tagged `@before-all` and `@after-all` are taken from all of them.
 */
export function choose(asked: readonly FeatureFile[], all: readonly FeatureFile[], selection: Selection): Chosen {
  const skipped = new Map<Scenario, string>()
  const because = new Map<Scenario, string>()
  const features = asked.flatMap((feature): readonly FeatureFile[] => {
    if (feature.faults.length > 0) return [feature]
    const scenarios = chosenOf(feature, selection, skipped, because)
    return scenarios.length === 0 ? [] : [{ ...feature, scenarios }]
  })
  const runs = features.some(({ scenarios }) => scenarios.some((each) => !skipped.has(each)))
  const placed = (role: Role): readonly Placed[] =>
    runs ? all.flatMap((feature) => withRole(feature.scenarios, role).map((scenario) => ({ feature, scenario }))) : []
  return { features, beforeAll: placed('@before-all'), afterAll: placed('@after-all'), skipped, because }
}

function chosenOf(
  feature: FeatureFile,
  { tags, name, lines }: Selection,
  skipped: Map<Scenario, string>,
  because: Map<Scenario, string>,
): readonly Scenario[] {
  const { scenarios } = feature
  const at = lines.get(feature.uri)
  const pointedAt = at && new Set(at.flatMap((line) => scenariosAt(feature, line)))
  const asked = scenarios
    .filter((each) => pointedAt?.has(each) ?? true)
    .filter((each) => roleOf(each) === undefined || pointsAtOne(pointedAt, each))
    .filter((each) => tags.fits(each.tags) && name(each.name))
  if (asked.length === 0) return []
  for (const each of asked) {
    const tag = pointedAt === undefined ? leftOutFor(each, tags) : undefined
    if (tag !== undefined) skipped.set(each, `tagged ${tag}`)
  }

  const running = new Set(asked)
  for (const each of asked.filter((one) => !skipped.has(one))) {
    for (const need of neededBefore(each, scenarios)) {
      // One that is there for others stores its values where they take its steps.
      if (running.has(need.scenario) || roleOf(need.scenario) === '@reusable') continue
      running.add(need.scenario)
      because.set(need.scenario, `Runs because '${each.name}' uses #${need.name}, which is stored here`)
    }
  }
  const setup = withRole(scenarios, '@setup').filter((each) => !running.has(each))
  const cleanup = withRole(scenarios, '@cleanup').filter((each) => !running.has(each))
  return [...setup, ...scenarios.filter((each) => running.has(each)), ...cleanup]
}

/** Somebody who points at a scenario that is there for others wants to see it run. */
function pointsAtOne(pointedAt: ReadonlySet<Scenario> | undefined, scenario: Scenario): boolean {
  return pointedAt?.size === 1 && pointedAt.has(scenario)
}

function withRole(scenarios: readonly Scenario[], role: Role): readonly Scenario[] {
  return scenarios.filter((each) => roleOf(each) === role)
}
