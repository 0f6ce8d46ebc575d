import type { Location, Tag, Scenario as WrittenScenario } from '@cucumber/messages'
import type { FeatureFile, Scenario } from '../feature-file.ts'

/** A part of a feature file: where it begins, and the ids of what runs when somebody points at it. */
interface Part {
  readonly line: number
  readonly ids: readonly string[]
}

/**
 * The scenarios that a line of a feature file means, wherever in it the line points: a scenario, all rows of an outline or
 * of its examples, one row, all scenarios of a rule, or of the feature.
 */
export function scenariosAt({ document, scenarios }: FeatureFile, line: number): readonly Scenario[] {
  const { feature } = document ?? {}
  if (feature === undefined) return []
  const parts: Part[] = []
  const enter = (children: typeof feature.children): readonly string[] =>
    children.flatMap(({ scenario, rule }) => {
      if (scenario !== undefined) return scenarioParts(scenario, parts)
      if (rule === undefined) return []
      const ids = enter(rule.children)
      parts.push({ line: firstLine(rule), ids })
      return ids
    })
  parts.push({ line: 0, ids: enter(feature.children) })
  const [nearest] = parts.filter((part) => part.line <= line).sort((one, other) => other.line - one.line)
  return scenarios.filter(({ pickle }) => pickle.astNodeIds.some((id) => nearest?.ids.includes(id)))
}

function scenarioParts(scenario: WrittenScenario, parts: Part[]): readonly string[] {
  parts.push({ line: firstLine(scenario), ids: [scenario.id] })
  for (const examples of scenario.examples) {
    parts.push({ line: firstLine(examples), ids: examples.tableBody.map(({ id }) => id) })
    for (const row of examples.tableBody) {
      if (row.location.line !== examples.location.line) parts.push({ line: row.location.line, ids: [row.id] })
    }
  }
  return [scenario.id]
}

/** Tags belong to what is below them. */
function firstLine({ location, tags }: { readonly location: Location; readonly tags: readonly Tag[] }): number {
  return Math.min(location.line, ...tags.map((tag) => tag.location.line))
}
