import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'

/** Source files by their path inside src/, with forward slashes. */
export type SourceTree = ReadonlyMap<string, string>

/** The sources of src/ that ship as code: no tests, and no template that `trestle new` copies. */
export function readSources(): SourceTree {
  const folder = join(root, 'src')
  const paths = globSync('**/*.ts', { cwd: folder, exclude: ['**/*.test.ts', '**/template/**'] })
  return new Map(paths.sort().map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]))
}
