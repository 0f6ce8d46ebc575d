import { realpathSync, statSync } from 'node:fs'
import { StartupError } from '../kernel/startup-error.ts'

/** The folder of an app by the path that Node names its files with, where links are followed. @throws StartupError */
export function existingFolder(folder: string): string {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined) {
    throw new StartupError([
      `There is no folder ${folder}: name the folder of an app, or make one with 'npx trestle new'`,
    ])
  }
  if (!found.isDirectory()) throw new StartupError([`${folder} is a file: name the folder of the app instead`])
  return realpathSync(folder)
}
