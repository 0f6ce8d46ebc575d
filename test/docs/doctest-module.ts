// What the module of an example imports, as `doctest`.
import type { App } from '../../src/platform/app-types.ts'
import type { ShellBlock } from './example-program.ts'

export { equals, throws } from './expectation.ts'

/** Runs a shell block against the app of the module that it stands behind. */
export async function shell(block: ShellBlock, app: App): Promise<void> {
  // Loaded here, because most examples need no shell and start faster without it.
  const { ShellSession } = await import('./shell-session.ts')
  await new ShellSession('.').run(block, app)
}

/** Runs Python lines against the app of the module that they stand behind. */
export async function python(block: { readonly line: number; readonly code: string }, app: App): Promise<void> {
  const { runPythonBlock } = await import('./python-block.ts')
  await runPythonBlock(block, app)
}
