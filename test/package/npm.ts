import { execFile } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { required } from '../machine.ts'

/** How a command ended. */
export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs npm in a folder, as a user would on this machine, and waits for its end. */
export function npm(args: readonly string[], folder: string): Promise<Outcome> {
  return command('npm', args, folder)
}

/** Runs a command in a folder with this Node first in PATH, and waits for its end. */
export function command(name: string, args: readonly string[], folder: string): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  execFile(name, args, { cwd: folder, env: userEnvironment(), maxBuffer: 64e6 }, (error, stdout, stderr) => {
    const code = typeof error?.code === 'number' ? error.code : 1
    resolve({ code: error === null ? 0 : code, stdout, stderr: stderr || (error?.message ?? '') })
  })
  return promise
}

/** Whether the npm registry of this machine answers; with CI=true it must. */
export async function registry(): Promise<string | undefined> {
  const { code } = await npm(['ping', '--fetch-retries=0', '--fetch-timeout=10000'], import.meta.dirname)
  const found = code === 0 ? 'npm registry' : undefined
  return required('npm registry within reach', found, 'give it a network, or a registry in its npm configuration')
}

// What npm and the test runner tell their children would send them back to this repository.
const OF_THIS_RUN =
  /^(npm_(?!config_(registry|cache|userconfig|cafile|.*proxy)$)|NODE_TEST_CONTEXT$|NODE_OPTIONS$|INIT_CWD$)/i

/** The environment of a user's shell: without the traces of the npm and the test runner that started this test. */
export function userEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.test(name))
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`
  return { ...Object.fromEntries(kept), PATH: path }
}
