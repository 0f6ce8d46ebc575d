import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'
import { type OpenTarget, openTarget } from '../../src/cli/testing/target.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { useAppEnvironment } from '../../src/platform/environment.ts'
import { type FeatureFile, readFeature } from '../../src/testing/plain-english/feature-file.ts'
import { phrasesOf } from '../../src/testing/plain-english/phrases.ts'
import { makeReporters } from '../../src/testing/plain-english/report/reporters.ts'
import { importSteps, plainImportFault, stepFolders } from '../../src/testing/plain-english/run/own-steps.ts'
import { choose } from '../../src/testing/plain-english/run/select.ts'
import { tagFilter } from '../../src/testing/plain-english/run/tags.ts'
import { readVariables, usualVariableFiles } from '../../src/testing/plain-english/run/variable-files.ts'
import { runFeatures } from '../../src/testing/plain-english/run-features.ts'
import { isTelling, secretsOf } from '../../src/testing/plain-english/secrets.ts'
import { builtInSteps } from '../../src/testing/plain-english/steps/all-steps.ts'
import type { FeatureBlock } from './example-program.ts'
import { lineFaults, thrown } from './expectation.ts'
import { reportDifference } from './report-difference.ts'

const plainOptions = {
  tags: [],
  name: [],
  reporter: [],
  var: [],
  vars: [],
  secret: [],
  only: [],
  credential: [],
  allow: [],
  parallel: '1',
  timeout: '20',
  retry: '0',
  color: false,
} as const

/**
 * Runs the feature blocks of a document: each as a feature in the folder `features` of the document, beside the files and the
 * steps that it puts there. The scenarios of earlier blocks can be used.
 */
export class FeatureSession {
  readonly #home: string
  readonly #targets: Map<string, Promise<OpenTarget>> = new Map()
  readonly #features: FeatureFile[] = []

  constructor(folder: string) {
    this.#home = folder
  }

  /** Runs a block against the app of a folder, or against `httpbin` where that has none. */
  async run(block: FeatureBlock, served: string): Promise<void> {
    try {
      const message = await this.#difference(block, await this.#target(served))
      if (message !== undefined) lineFaults.push({ line: block.line, message })
    } catch (error) {
      lineFaults.push({ line: block.line, message: thrown(error) })
    }
  }

  async close(): Promise<void> {
    for (const target of this.#targets.values()) await (await target)[Symbol.asyncDispose]()
  }

  async #difference({ code, fails, output }: FeatureBlock, opened: OpenTarget): Promise<string | undefined> {
    const folder = join(this.#home, 'features')
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
    const feature = readFeature('features/example.feature', wholeFeature(code), read)
    this.#features.push(feature)
    const all = [...this.#features]
    const settings = await readVariables(usualVariableFiles([folder]))
    const telling = Object.keys(settings).filter(isTelling)
    const secrets = secretsOf(telling.map((name) => String(settings[name])))
    const own = await importSteps(stepFolders([join(folder, 'example.feature')], this.#home), plainImportFault)
    let report = ''
    const write = (text: string): void => {
      report += text
    }
    const { ok } = await runFeatures({
      ...choose([feature], all, { tags: tagFilter([]), name: () => true, lines: new Map() }),
      target: opened.target,
      logOf: opened.logOf,
      phrases: phrasesOf(builtInSteps, own),
      clock: systemClock,
      signal: new AbortController().signal,
      environment: process.env,
      settings,
      secrets,
      scenariosNamed: (name) => all.flatMap(({ scenarios }) => scenarios.filter((each) => each.name === name)),
      folderOf: () => folder,
      reporter: makeReporters([], {
        standardOutput: { write, colors: false, live: false, columns: 100, folder: this.#home },
        secrets,
      }),
    })
    if (ok === fails) return `expected it to ${fails ? 'fail' : 'pass'}, but the report says\n${report}`
    return output === undefined ? undefined : reportDifference(output.code, report)
  }

  async #target(served: string): Promise<OpenTarget> {
    const isPage = served === this.#home
    const app = isPage && !existsSync(join(served, 'services')) ? join(root, 'examples', 'httpbin') : served
    const known = this.#targets.get(app) ?? openTarget(plainOptions, { asked: [], app, base: app })
    this.#targets.set(app, known)
    useAppEnvironment(this.#home)
    return await known
  }
}

/** A block may leave out the lines that name its feature and its scenario. */
function wholeFeature(code: string): string {
  if (/^\s*(Feature|# language):/m.test(code)) return code
  const title = /^\s*(Scenario|Background|Rule)/m.test(code)
    ? 'Feature: example'
    : 'Feature: example\nScenario: example'
  return `${title}\n${code}`
}
