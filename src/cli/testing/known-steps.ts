import { existsSync } from 'node:fs'
import { importFault } from '../../platform/import-fault.ts'
import { importSteps, stepFolders } from '../../testing/plain-english/run/own-steps.ts'
import { prepareRun } from '../../testing/plain-english/run/prepared.ts'
import type { Step } from '../../testing/plain-english/step.ts'
import { type StepFamily, stepFamilies } from '../../testing/plain-english/steps/all-steps.ts'
import type { TestOptions } from './options.ts'
import { type TestPlaces, testPlaces } from './places.ts'

/** The steps that lie beside feature files. @throws RunFault */
export async function ownSteps(files: readonly string[], { base }: TestPlaces): Promise<readonly Step[]> {
  return await importSteps(stepFolders(files, base), (error, file) => importFault(error, file, base))
}

/** All steps that the features of the arguments may use, those of their app behind the others. */
export async function knownSteps(args: readonly string[], { app }: TestOptions): Promise<readonly StepFamily[]> {
  // Who has no features yet may want to know what to write into them.
  if (args.length === 0 && app === undefined && !existsSync('features')) return stepFamilies
  const places = testPlaces(args, app)
  const { files } = prepareRun({
    asked: places.asked,
    base: places.base,
    working: process.cwd(),
    tags: [],
    names: [],
    shard: undefined,
    only: [],
    first: [],
  })
  const own = await ownSteps(files, places)
  return own.length === 0 ? stepFamilies : [...stepFamilies, { title: 'Steps of this app', steps: own }]
}
