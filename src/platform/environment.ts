import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { StartupError } from '../kernel/startup-error.ts'

/**
 * The environment of an app: its `.env`, and above it the variables that are really set.
 *
 * @throws StartupError when there is a `.env` that cannot be read
 */
export function appEnvironment(folder: string): NodeJS.ProcessEnv {
  return { ...parseEnv(readEnvFile(join(folder, '.env'))), ...process.env }
}

/** Gives this process the environment of an app. @throws StartupError as {@link appEnvironment} does */
export function useAppEnvironment(folder: string): void {
  Object.assign(process.env, appEnvironment(folder))
}

function readEnvFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // Whether there is an app folder at all is for the one who loads it to say.
    if (code === 'ENOENT' || code === 'ENOTDIR') return ''
    throw new StartupError([`${path} cannot be read (${message}): make it a file that you may read, or remove it`])
  }
}
