import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { faultFeature, faultFileName } from '../../testing/generate/fault-feature.ts'
import type { GenerateProgress } from '../../testing/generate/progress.ts'
import { reportJson, reportText } from '../../testing/generate/report.ts'
import { reportJunit } from '../../testing/generate/report-junit.ts'
import type { GenerateResult } from '../../testing/generate/result.ts'
import type { ReportOutput } from '../../testing/plain-english/report/reporter.ts'
import { usageError } from '../failure.ts'
import { print } from '../output.ts'
import { standardOutput } from './standard-output.ts'

/** A report of generated tests, and where it goes. */
export interface GenerateReport {
  readonly write: (result: GenerateResult, colors: boolean) => string
  /** Standard output if not given. */
  readonly file: string | undefined
}

const writers: Readonly<Record<string, GenerateReport['write']>> = {
  pretty: (result, colors) => reportText(result, { colors }),
  json: reportJson,
  junit: reportJunit,
}

/** The reports that `--reporter` asks for. @throws Failure */
export function generateReports(specs: readonly string[]): readonly GenerateReport[] {
  const reports = (specs.length === 0 ? ['pretty'] : specs).map((spec): GenerateReport => {
    const [, name = '', file] = /^([^:]*)(?::(.+))?$/s.exec(spec) ?? []
    const write = Object.hasOwn(writers, name) ? writers[name] : undefined
    if (write !== undefined) return { write, file }
    throw usageError(`--generate has no reporter '${spec}': choose ${Object.keys(writers).join(', ')}`)
  })
  if (reports.filter(({ file }) => file === undefined).length > 1) {
    throw usageError('Two reporters write to standard output: give all but one of them a file, as in junit:report.xml')
  }
  return reports
}

/** Writes the reports, without what is hidden. */
export async function writeReports(
  result: GenerateResult,
  reports: readonly GenerateReport[],
  color: boolean,
  hidden: readonly string[],
): Promise<void> {
  const covered = (text: string): string => hidden.reduce((rest, value) => rest.replaceAll(value, '***'), text)
  for (const { write: make, file } of reports) {
    const text = covered(make(result, file === undefined && standardOutput(color).colors))
    if (file === undefined) await print(text)
    else await write(resolve(file), text)
  }
}

/** Writes a feature for each fault that counts, and returns the files. */
export async function saveFaults({ faults }: GenerateResult, folder: string): Promise<readonly string[]> {
  const counted = faults.filter(({ allowed }) => !allowed)
  return await Promise.all(
    counted.map(async (fault) => {
      const file = join(folder, faultFileName(fault))
      await write(file, faultFeature(fault))
      return file
    }),
  )
}

const eraseLine = '\r\u001B[2K'

/** Says on a terminal, in one line that is written over, how far the run is; nothing elsewhere. */
export function showProgress({ write, live, columns }: ReportOutput): {
  readonly show: (event: GenerateProgress) => void
  readonly clear: () => void
} {
  let faults = 0
  const show = (event: GenerateProgress): void => {
    if (event.type === 'fault') faults += 1
    if (!live || event.type !== 'operation') return
    const { phase, done, of, operation, requests } = event
    const found = faults === 0 ? '' : `, ${faults} ${faults === 1 ? 'fault' : 'faults'}`
    const text = `${phase} ${done}/${of}, ${requests} requests${found}: ${operation}`
    write(`${eraseLine}${text.length < columns ? text : `${text.slice(0, Math.max(0, columns - 4))}...`}`)
  }
  return { show, clear: () => live && write(eraseLine) }
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
