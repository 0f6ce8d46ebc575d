import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { required, skipWithout } from '../machine.ts'

const command = 'python3'
const thing = 'Python with requests'

/** Why no client in Python can be run; false when one can. @throws Error with CI=true, where one has to be */
export function withoutPython(): string | false {
  const found = spawnSync(command, ['-c', 'import requests']).status === 0 ? command : undefined
  return skipWithout(thing, required(thing, found, 'install it (apt-get install python3-requests)'))
}

/** Runs a script to its end, and returns what it printed. @throws Error when it fails, with what it said */
export async function runPython(script: string, ...args: readonly string[]): Promise<string> {
  // Settings of this machine must not lead its requests anywhere else.
  const env = { ...process.env, NO_PROXY: '*', PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' }
  const { stdout } = await promisify(execFile)(command, [script, ...args], { env, timeout: 60_000 })
  return stdout
}
