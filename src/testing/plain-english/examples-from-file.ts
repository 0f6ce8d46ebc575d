import type { Examples, FeatureChild, GherkinDocument, IdGenerator, Scenario, TableRow } from '@cucumber/messages'
import { type DataRows, dataRows } from './data-rows.ts'
import type { FeatureFault } from './feature-fault.ts'

/** Reads a file that a feature names, relative to the feature. @throws Error when it cannot */
export type ReadData = (name: string) => string

/** A document whose examples are complete, and what was wrong with their files. */
export interface Completed {
  readonly document: GherkinDocument
  readonly faults: readonly FeatureFault[]
}

const named = /(?:^|\s)from "([^"]+)"$/

/**
 * Fills in the examples that have no table and say where they come from in their name: `Examples: from "users.csv"`. They then
 * are like any others, so that all rules of Gherkin hold for them.
 */
export function withExamplesFromFiles(document: GherkinDocument, read: ReadData, newId: IdGenerator.NewId): Completed {
  const faults: FeatureFault[] = []
  const filled = (examples: Examples): Examples => {
    const [, file] = named.exec(examples.name.trim()) ?? []
    if (file === undefined || examples.tableHeader !== undefined) return examples
    try {
      return { ...examples, ...tableOf(examples, dataRows(file, read(file)), newId) }
    } catch (error) {
      const { line, column = 1 } = examples.location
      const reason = error instanceof Error ? error.message : String(error)
      faults.push({ line, column, message: `The examples of "${file}" cannot be read: ${reason}` })
      return examples
    }
  }
  const scenario = (each: Scenario): Scenario => ({ ...each, examples: each.examples.map(filled) })
  const children = <Child extends Pick<FeatureChild, 'scenario' | 'rule'>>(list: readonly Child[]): Child[] =>
    list.map((child) => ({
      ...child,
      ...(child.scenario && { scenario: scenario(child.scenario) }),
      ...(child.rule && { rule: { ...child.rule, children: children(child.rule.children) } }),
    }))
  const { feature } = document
  if (feature === undefined) return { document, faults }
  const completed = { ...document, feature: { ...feature, children: children(feature.children) } }
  return { document: completed, faults }
}

/** Rows of a file have no place in the feature: they stand where it is named. */
function tableOf(
  { location }: Examples,
  { columns, rows }: DataRows,
  newId: IdGenerator.NewId,
): Pick<Examples, 'tableHeader' | 'tableBody'> {
  if (rows.length === 0) throw new Error('it has no rows')
  const row = (values: readonly string[]): TableRow => ({
    id: newId(),
    location,
    cells: values.map((value) => ({ location, value })),
  })
  return { tableHeader: row(columns), tableBody: rows.map(row) }
}
