// The process of one document or of several: runs their steps, tells of their faults, and ends when nothing is left to do.
import { readFile } from 'node:fs/promises'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Step } from './example-program.ts'
import { type LineFault, lineFaults, thrown } from './expectation.ts'
import type { FeatureSession } from './feature-session.ts'
import type { ShellSession } from './shell-session.ts'

enableCompileCache()
for (const folder of process.argv.slice(2)) {
  const steps: readonly Step[] = JSON.parse(await readFile(join(folder, 'steps.json'), 'utf8'))
  await tell(await run(folder, steps))
}
process.disconnect?.()

async function run(folder: string, steps: readonly Step[]): Promise<readonly LineFault[]> {
  let session: ShellSession | undefined
  const shell = async (): Promise<ShellSession> => {
    const { ShellSession } = await import('./shell-session.ts')
    session ??= new ShellSession(folder)
    return session
  }
  let features: FeatureSession | undefined
  const feature = async (): Promise<FeatureSession> => {
    const { FeatureSession } = await import('./feature-session.ts')
    features ??= new FeatureSession(folder)
    return features
  }
  for (const step of steps) {
    try {
      if (step.kind === 'file') await session?.place(step.file)
      else if (step.kind === 'module') await import(pathToFileURL(join(folder, step.file)).href)
      else if (step.kind === 'shell') await (await shell()).run(step)
      else if (step.kind === 'feature') await (await feature()).run(step, (await shell()).served)
      else await (await shell()).open()
    } catch (error) {
      lineFaults.push({ line: lineIn(error, folder) ?? step.line, message: thrown(error) })
    }
  }
  await features?.close()
  await session?.close()
  return lineFaults.splice(0)
}

function tell(faults: readonly LineFault[]): Promise<void> {
  return new Promise((done) => {
    if (process.send === undefined) done()
    else process.send(faults, undefined, undefined, () => done())
  })
}

/** The line of an example that an error's stack names first. */
function lineIn(error: unknown, folder: string): number | undefined {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : []
  const line = /:(\d+):\d+\)?$/.exec(frames.find((frame) => frame.includes(folder)) ?? '')?.[1]
  return line === undefined ? undefined : Number(line)
}
