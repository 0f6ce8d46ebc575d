import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { type FeatureFile, readFeature } from '../../src/testing/plain-english/feature-file.ts'

const data = join(import.meta.dirname, 'gherkin-testdata')

interface Place {
  readonly line: number
}

/** A scenario, as the Cucumber project writes down what its parsers find. */
interface Pickle {
  readonly name: string
  readonly language: string
  readonly locations: readonly Place[]
  readonly tags: readonly { readonly name: string }[]
  readonly steps: readonly {
    readonly text: string
    readonly locations: readonly Place[]
    readonly arguments: readonly {
      readonly content?: string
      readonly rows?: readonly { readonly cells: readonly { readonly value: string }[] }[]
    }[]
  }[]
}

function names(folder: string): readonly string[] {
  return readdirSync(join(data, folder)).filter((name) => name.endsWith('.feature'))
}

function linesOf(path: string): readonly Record<string, unknown>[] {
  const lines = readFileSync(join(data, path), 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>)
}

function read(folder: string, name: string): FeatureFile {
  return readFeature(name, readFileSync(join(data, folder, name), 'utf8'))
}

/** Since Gherkin 6 an outline without examples is a scenario. */
const outlineOfNow = 'steps, no examples'

/** What both must say of a scenario; since Gherkin 6 there are some without steps. */
function ours({ scenarios, language }: FeatureFile): unknown {
  const known = scenarios.filter(({ name, steps }) => steps.length > 0 && name !== outlineOfNow)
  return known.map(({ name, line, tags, steps }) => ({
    name,
    line,
    language,
    tags,
    steps: steps.map((step) => ({
      text: step.text,
      line: step.line,
      docString: step.docString?.content,
      table: step.table,
    })),
  }))
}

function theirs(pickles: readonly Pickle[]): unknown {
  return pickles.map(({ name, language, locations, tags, steps }) => ({
    name,
    line: locations[0]?.line,
    language,
    tags: tags.map((tag) => tag.name),
    steps: steps.map((step) => ({
      text: step.text,
      line: step.locations.at(-1)?.line,
      docString: step.arguments.find(({ content }) => content !== undefined)?.content,
      table: step.arguments
        .find(({ rows }) => rows !== undefined)
        ?.rows?.map(({ cells }) => cells.map(({ value }) => value)),
    })),
  }))
}

suite("the Cucumber project's own feature files", () => {
  for (const name of names('good')) {
    test(`${name} has the scenarios that it must have`, () => {
      const feature = read('good', name)
      assert.deepEqual(feature.faults, [])
      const pickles = linesOf(`good/${name}.pickles.ndjson`).map(({ pickle }) => pickle as Pickle)
      assert.deepEqual(ours(feature), theirs(pickles))
    })
  }

  for (const name of names('bad')) {
    test(`${name} is refused at the places where it is wrong`, () => {
      const { faults, scenarios } = read('bad', name)
      assert.deepEqual(scenarios, [])
      const places = linesOf(`bad/${name}.errors.ndjson`).map((error) => /^\((\d+):(\d+)\)/.exec(String(error.data)))
      assert.deepEqual(
        faults.map(({ line, column }) => [line, column]),
        places.map((place) => [Number(place?.[1]), Number(place?.[2]) || 1]),
      )
      for (const { message } of faults) assert.doesNotMatch(message, /^\(|\n/)
    })
  }
})
