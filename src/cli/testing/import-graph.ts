import { registerHooks } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Which files of a folder import which, as far as they are imported while it is watched. */
export interface ImportGraph {
  /** What files import, and what that imports in turn, the files themselves too. */
  readonly behind: (files: Iterable<string>) => ReadonlySet<string>
  /** The files that something outside the folder has imported: those that the app and its tests are loaded by. */
  readonly entries: () => readonly string[]
}

/** Watches from now on, until the process ends. */
export function importGraph(folder: string): ImportGraph {
  const imports = new Map<string, Set<string>>()
  const entries = new Set<string>()
  registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context)
      const file = fileWithin(folder, resolved.url)
      if (file === undefined) return resolved
      const importer = context.parentURL === undefined ? undefined : fileWithin(folder, context.parentURL)
      if (importer === undefined) entries.add(file)
      else imports.set(importer, (imports.get(importer) ?? new Set()).add(file))
      return resolved
    },
  })
  const behind = (files: Iterable<string>): ReadonlySet<string> => {
    const found = new Set(files)
    // A set gives what is added while it is gone through, too.
    for (const file of found) for (const each of imports.get(file) ?? []) found.add(each)
    return found
  }
  return { behind, entries: () => [...entries] }
}

function fileWithin(folder: string, url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined
  const file = fileURLToPath(url)
  const path = relative(folder, file)
  return path.startsWith('..') || path.includes('node_modules') ? undefined : file
}
