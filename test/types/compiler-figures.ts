import { basename } from 'node:path'
import { runTool } from '../../scripts/run.ts'

/** What the compiler says of an app, and what it took. */
export interface Checked {
  /** The errors in the app's own files. */
  readonly errors: readonly string[]
  readonly instantiations: number
  readonly summary: string
}

/** Checks a folder with one thread: the work of several that share it is not the same each time. */
export async function checked(folder: string): Promise<Checked> {
  const { output } = await runTool('typescript/bin/tsc', ['-p', folder, '--extendedDiagnostics', '--singleThreaded'])
  const figure = (name: string): string => output.match(new RegExp(`^${name}:\\s+(\\S+)`, 'm'))?.[1] ?? 'unknown'
  const figures = ['Instantiations', 'Types', 'Memory used', 'Check time', 'Total time']
  return {
    errors: output.split('\n').filter((line) => line.includes(`${basename(folder)}/`)),
    instantiations: Number(figure('Instantiations')),
    summary: figures.map((name) => `${name.toLowerCase()} ${figure(name)}`).join(', '),
  }
}
