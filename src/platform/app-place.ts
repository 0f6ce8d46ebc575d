import { statSync } from 'node:fs'
import { StartupError } from '../kernel/startup-error.ts'

/** Checks that the folder of an app is there. @throws StartupError */
export function assertFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined) {
    throw new StartupError([
      `There is no folder ${folder}: name the folder of an app, or make one with 'npx trestle new'`,
    ])
  }
  if (!found.isDirectory()) throw new StartupError([`${folder} is a file: name the folder of the app instead`])
}
