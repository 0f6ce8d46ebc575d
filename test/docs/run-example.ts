// The process of one document: runs its steps, tells of its faults, and ends when nothing is left to do.
import { readFile } from 'node:fs/promises'
import { enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Step } from './example-program.ts'
import { lineFaults, thrown } from './expectation.ts'
import type { ShellSession } from './shell-session.ts'

enableCompileCache()
const plan = process.argv[2] ?? ''
const folder = dirname(plan)
const steps: readonly Step[] = JSON.parse(await readFile(plan, 'utf8'))
let session: ShellSession | undefined

for (const step of steps) {
  try {
    if (step.kind === 'module') await import(pathToFileURL(join(folder, step.file)).href)
    else if (step.kind === 'shell') await (await sessionHere()).run(step)
    else await (await sessionHere()).open()
  } catch (error) {
    lineFaults.push({ line: lineIn(error) ?? step.line, message: thrown(error) })
  }
}
await session?.close()
process.send?.(lineFaults, undefined, undefined, () => process.disconnect?.())

async function sessionHere(): Promise<ShellSession> {
  const { ShellSession } = await import('./shell-session.ts')
  session ??= new ShellSession(folder)
  return session
}

/** The line of an example that an error's stack names first. */
function lineIn(error: unknown): number | undefined {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : []
  const line = /:(\d+):\d+\)?$/.exec(frames.find((frame) => frame.includes(folder)) ?? '')?.[1]
  return line === undefined ? undefined : Number(line)
}
