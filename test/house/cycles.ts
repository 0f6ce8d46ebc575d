import { posix } from 'node:path'
import { importsOf } from '../../scripts/source/imports.ts'
import type { SourceTree } from './source-tree.ts'

/** Every import cycle between files, as `a.ts -> b.ts -> a.ts`; one for each group of files that reach each other. */
export function importCycles(tree: SourceTree): readonly string[] {
  const cycles: string[] = []
  const done = new Set<string>()
  const path: string[] = []

  const visit = (file: string): void => {
    const start = path.indexOf(file)
    if (start >= 0) {
      cycles.push([...path.slice(start), file].join(' -> '))
      return
    }
    if (done.has(file)) return
    path.push(file)
    for (const target of targetsOf(file, tree)) visit(target)
    path.pop()
    done.add(file)
  }

  for (const file of tree.keys()) visit(file)
  return cycles
}

function targetsOf(file: string, tree: SourceTree): readonly string[] {
  const targets = importsOf(tree.get(file) ?? '')
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => posix.join(posix.dirname(file), specifier))
  return [...new Set(targets)].filter((target) => tree.has(target))
}
