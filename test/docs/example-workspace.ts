import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../../scripts/root.ts'
import type { ExampleProgram } from './example-program.ts'

/** A temporary folder with the files of programs, a folder each; it is deleted when its scope ends. */
export interface ExampleWorkspace extends AsyncDisposable {
  readonly folder: string
  readonly folderOf: (program: ExampleProgram) => string
}

// What examples may import besides Trestle, and what these need.
const packages = ['zod', 'valibot', '@valibot/to-json-schema', 'arktype', 'pino', '@types/node']

const tsconfig = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
  include: ['**/*.ts'],
  exclude: ['node_modules', '*/examples'],
}

/**
 * Writes the files of programs where `trestle` and the packages of its users can be imported, and where pages find the
 * examples of the repository.
 */
export async function exampleWorkspace(programs: readonly ExampleProgram[]): Promise<ExampleWorkspace> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'trestle-docs-')))
  const folderOf = ({ path }: ExampleProgram): string => join(folder, path.replaceAll(/[/.]/g, '-'))
  const link = async (target: string, name: string): Promise<void> => {
    await mkdir(dirname(join(folder, 'node_modules', name)), { recursive: true })
    await symlink(target, join(folder, 'node_modules', name), 'junction')
  }
  await link(root, 'trestle')
  await link(import.meta.dirname, 'doctest')
  for (const name of packages) await link(join(root, 'node_modules', name), name)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  for (const program of programs) {
    const plan: [string, string] = ['steps.json', JSON.stringify(program.steps)]
    for (const [name, text] of [plan, ...program.files]) {
      const path = join(folderOf(program), name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
    }
    if (program.path.endsWith('.md'))
      await symlink(join(root, 'examples'), join(folderOf(program), 'examples'), 'junction')
  }
  return {
    folder,
    folderOf,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  }
}
