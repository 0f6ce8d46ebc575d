import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { RunFault, reasonOf } from '../run/run-fault.ts'
import type { Secrets } from '../secrets.ts'
import { dots } from './dots.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { masking } from './masked-result.ts'
import { messages } from './messages.ts'
import { pretty } from './pretty.ts'
import type { MakeReporter, Reporter, ReportOutput } from './reporter.ts'
import { tap } from './tap.ts'

const makers: Readonly<Record<string, MakeReporter>> = { pretty, dots, junit, html, json, messages, tap }

/** The names of the reporters. */
export const reporterNames: readonly string[] = Object.keys(makers)

/** Where reports go that are not written to a file, and what they must not show. */
export interface ReportSettings {
  readonly standardOutput: ReportOutput
  readonly secrets: Secrets
}

/**
 * The reporters that texts such as `pretty` and `junit:reports/junit.xml` ask for, as one; folders of files are made.
 *
 * @throws Error for a name that is none, two of them on standard output, and a file that cannot be written
 */
export function makeReporters(specs: readonly string[], { standardOutput, secrets }: ReportSettings): Reporter {
  const wanted = (specs.length === 0 ? ['pretty'] : specs).map((spec) => {
    const [, name = '', file] = /^([^:]*)(?::(.+))?$/s.exec(spec) ?? []
    const make = makers[name]
    if (make === undefined) {
      throw new Error(
        `There is no reporter '${name}': choose of ${reporterNames.join(', ')}, with ':<file>' for a file`,
      )
    }
    return { name, make, file }
  })
  const here = wanted.filter(({ file }) => file === undefined).map(({ name }) => name)
  if (here.length > 1) {
    throw new Error(
      `${here.join(' and ')} would mix on standard output: send all but one to a file, as in ${here[1]}:report`,
    )
  }
  const covering = (write: (text: string) => void) => (text: string) => write(secrets.cover(text))
  return together(
    wanted.map(({ make, file }) => {
      if (file === undefined) {
        return masking(make({ ...standardOutput, write: covering(standardOutput.write) }), secrets)
      }
      const { write, close } = openFile(resolve(standardOutput.folder, file))
      const plain = { colors: false, live: false, columns: 100, folder: standardOutput.folder }
      const reporter = masking(make({ ...plain, write: covering(write) }), secrets)
      return {
        ...reporter,
        end: (result) => {
          reporter.end?.(result)
          close()
        },
      }
    }),
  )
}

/** Written as it comes, so that a run that is cut off has left what it knew. A fault is told at the end of the run. */
function openFile(path: string): { readonly write: (text: string) => void; readonly close: () => void } {
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new RunFault([`Cannot write the report ${path} (${reasonOf(error)}): name another file`])
    }
  }
  const file = attempt(() => {
    mkdirSync(dirname(path), { recursive: true })
    return openSync(path, 'w')
  })
  let fault: unknown
  const write = (text: string): void => {
    if (fault !== undefined) return
    try {
      // A write may take only a part.
      attempt(() => writeFileSync(file, text))
    } catch (error) {
      fault = error
    }
  }
  const close = (): void => {
    closeSync(file)
    if (fault !== undefined) throw fault
  }
  return { write, close }
}

function together(reporters: readonly Reporter[]): Reporter {
  return {
    begin: (plan) => reporters.forEach((each) => void each.begin?.(plan)),
    scenarioBegins: (feature, name) => reporters.forEach((each) => void each.scenarioBegins?.(feature, name)),
    scenarioEnds: (result) => reporters.forEach((each) => void each.scenarioEnds?.(result)),
    featureEnds: (result) => reporters.forEach((each) => void each.featureEnds?.(result)),
    end: (result) => {
      const faults: unknown[] = []
      for (const each of reporters) {
        try {
          each.end?.(result)
        } catch (error) {
          // The others have something to tell all the same.
          faults.push(error)
        }
      }
      const [first] = faults
      if (first !== undefined) throw first
    },
  }
}
