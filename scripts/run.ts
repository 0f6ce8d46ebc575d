import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.ts'

/** How a command ended, and all that it printed. */
export type Outcome = {
  readonly code: number
  readonly output: string
}

/** Runs a JavaScript tool of `node_modules` with this Node and collects what it prints. */
export function runTool(path: string, args: readonly string[]): Promise<Outcome> {
  return runNode([join(root, 'node_modules', path), ...args])
}

/** Runs this Node in the repository and collects what it prints. */
export function runNode(args: readonly string[]): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: colourful() })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.on('error', reject)
  child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }))
  return promise
}

/** A pipe hides the terminal from the tool, which would then print without colours. */
function colourful(): NodeJS.ProcessEnv {
  return process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env
}
