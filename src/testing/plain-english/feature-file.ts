import {
  AstBuilder,
  compile,
  GherkinClassicTokenMatcher,
  GherkinInMarkdownTokenMatcher,
  Parser,
} from '@cucumber/gherkin'
import { type GherkinDocument, type Step as GherkinStep, IdGenerator, type Pickle } from '@cucumber/messages'
import { type ReadData, withExamplesFromFiles } from './examples-from-file.ts'
import { faultSentence } from './fault-sentence.ts'
import type { FeatureFault } from './feature-fault.ts'

/** A step of a scenario, with the values of its row filled in. */
export interface ScenarioStep {
  /** As written, such as `Given` or `*`, in the language of the file. */
  readonly keyword: string
  readonly text: string
  readonly line: number
  readonly docString: { readonly content: string; readonly mediaType: string | undefined } | undefined
  readonly table: readonly (readonly string[])[] | undefined
}

/** A scenario that runs: one, or one row of an outline. */
export interface Scenario {
  /** `<file>:<line>`, of the row for an outline; of rows of a data file the number behind it. */
  readonly id: string
  readonly name: string
  readonly line: number
  /** With `@`, those of feature, rule and examples too. */
  readonly tags: readonly string[]
  /** The name of the rule that it is under. */
  readonly rule: string | undefined
  readonly steps: readonly ScenarioStep[]
  readonly pickle: Pickle
}

/** A feature file, read. */
export interface FeatureFile {
  /** The path by which reports name it. */
  readonly uri: string
  readonly source: string
  /** Empty when the file holds no feature, or cannot be read. */
  readonly name: string
  readonly description: string
  readonly language: string
  readonly tags: readonly string[]
  readonly scenarios: readonly Scenario[]
  readonly document: GherkinDocument | undefined
  readonly faults: readonly FeatureFault[]
}

interface Located {
  readonly location?: { readonly line: number; readonly column?: number | undefined }
  readonly message: string
}

/**
 * Reads the text of a feature file, in plain Gherkin or, when its name ends in `.md`, in Markdown. `readData` gives the
 * text of files that examples are taken from.
 */
export function readFeature(uri: string, source: string, readData: ReadData = noData): FeatureFile {
  const newId = IdGenerator.uuid()
  const matcher = uri.endsWith('.md') ? new GherkinInMarkdownTokenMatcher() : new GherkinClassicTokenMatcher()
  const empty = { uri, source, name: '', description: '', language: 'en', tags: [], scenarios: [], document: undefined }
  try {
    const parser = new Parser(new AstBuilder(newId), matcher)
    parser.stopAtFirstError = false
    const written: GherkinDocument = { ...parser.parse(source.replace(/^\uFEFF/, '')), uri }
    const { document, faults } = withExamplesFromFiles(written, readData, newId)
    if (faults.length > 0) return { ...empty, name: document.feature?.name ?? '', document, faults }
    return { ...empty, ...described(uri, document, compile(document, uri, newId)), document, faults: [] }
  } catch (error) {
    const each = (error as { readonly errors?: readonly Located[] }).errors ?? [error as Located]
    if (each.some(({ location }) => location === undefined)) throw error
    return { ...empty, faults: each.map(faultOf) }
  }
}

function noData(name: string): never {
  throw new Error(`no file ${name} is at hand`)
}

function faultOf({ location, message }: Located): FeatureFault {
  return { line: location?.line ?? 1, column: location?.column ?? 1, message: faultSentence(message) }
}

type Described = Pick<FeatureFile, 'name' | 'description' | 'language' | 'tags' | 'scenarios'>

function described(uri: string, document: GherkinDocument, pickles: readonly Pickle[]): Partial<Described> {
  const { feature } = document
  if (feature === undefined) return {}
  const steps = new Map<string, GherkinStep>()
  const rules = new Map<string, string>()
  const visit = (children: typeof feature.children, rule: string | undefined): void => {
    for (const { background, scenario, ...rest } of children) {
      for (const step of background?.steps ?? scenario?.steps ?? []) steps.set(step.id, step)
      if (scenario !== undefined && rule !== undefined) rules.set(scenario.id, rule)
      if (rest.rule !== undefined) visit(rest.rule.children, rest.rule.name)
    }
  }
  visit(feature.children, undefined)
  const times = new Map<string, number>()
  const idAt = (line: number): string => {
    const place = `${uri}:${line}`
    const before = times.get(place) ?? 0
    times.set(place, before + 1)
    return before === 0 ? place : `${place}#${before + 1}`
  }
  const scenarios = pickles.map((pickle): Scenario => {
    const line = pickle.location?.line ?? 1
    return {
      id: idAt(line),
      name: pickle.name,
      line,
      tags: pickle.tags.map(({ name }) => name),
      rule: pickle.astNodeIds.map((id) => rules.get(id)).find((name) => name !== undefined),
      steps: pickle.steps.map((each): ScenarioStep => {
        const written = each.astNodeIds.map((id) => steps.get(id)).find((found) => found !== undefined)
        const { docString, dataTable } = each.argument ?? {}
        return {
          keyword: written?.keyword.trim() ?? '*',
          text: each.text,
          line: written?.location.line ?? line,
          docString: docString && { content: docString.content, mediaType: docString.mediaType },
          table: dataTable?.rows.map(({ cells }) => cells.map(({ value }) => value)),
        }
      }),
      pickle,
    }
  })
  return {
    name: feature.name,
    description: feature.description.trim(),
    language: feature.language,
    tags: feature.tags.map(({ name }) => name),
    scenarios,
  }
}
