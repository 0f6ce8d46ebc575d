import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { phraseFault } from '../phrases.ts'
import { isStep, type Step } from '../step.ts'
import { RunFault, reasonOf } from './run-fault.ts'

const code = /(?<!\.d|\.test)\.m?[jt]s$/

/** Says why a file could not be imported, in one sentence. */
export type ExplainImport = (error: unknown, file: string) => Promise<string>

/** The folders `steps` beside feature files and above them, as far as the folder of the run. */
export function stepFolders(features: readonly string[], base: string): readonly string[] {
  const folders = new Set<string>()
  for (const feature of features) {
    for (let folder = dirname(feature); isWithin(folder, base); folder = dirname(folder)) {
      folders.add(join(folder, 'steps'))
      if (folder === base) break
    }
    folders.add(join(dirname(feature), 'steps'))
  }
  return [...folders].filter((folder) => existsSync(folder))
}

/**
 * Imports the steps that the files of folders export.
 *
 * @throws RunFault with every file that cannot be imported, phrase that is none, and phrase that two steps have
 */
export async function importSteps(folders: readonly string[], explain: ExplainImport): Promise<readonly Step[]> {
  const files = [...new Set(folders.flatMap(filesIn))].sort()
  const loaded = await Promise.allSettled(files.map((file): Promise<object> => import(pathToFileURL(file).href)))
  const faults: string[] = []
  const owners = new Map<string, { readonly step: Step; readonly where: string }>()
  const steps = new Set<Step>()
  for (const [index, file] of files.entries()) {
    const module = loaded[index]
    if (module?.status === 'rejected') faults.push(await explain(module.reason, file))
    if (module?.status !== 'fulfilled') continue
    for (const [name, step] of Object.entries(module.value)) {
      // A step that one file exports again for another is one step.
      if (!isStep(step) || steps.has(step)) continue
      steps.add(step)
      const where = `'${name}' in ${file}`
      for (const phrase of step.phrases) {
        const fault = phraseFault(phrase)
        if (fault !== undefined) faults.push(`The phrase "${phrase}" of ${where} is none: ${fault}`)
        const other = owners.get(phrase)
        if (other !== undefined) faults.push(`${other.where} and ${where} have the same phrase "${phrase}": reword one`)
        owners.set(phrase, { step, where })
      }
    }
  }
  if (faults.length > 0) throw new RunFault(faults)
  return [...steps]
}

/** What is said of a file that cannot be imported, where nobody knows better. */
export const plainImportFault: ExplainImport = async (error, file) => `${file} fails to load: ${reasonOf(error)}`

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && code.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
}

function isWithin(folder: string, base: string): boolean {
  const path = relative(base, folder)
  return path === '' || !(path.startsWith('..') || path.includes(':'))
}
