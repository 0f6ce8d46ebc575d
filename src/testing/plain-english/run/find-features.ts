import { readdirSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { RunFault } from './run-fault.ts'

const featureFile = /\.feature(\.md)?$/i
const ignored = /^(\..*|node_modules|dist)$/

/**
 * The feature files that paths lead to, absolute and in order: files as they are, of folders all that is below, but for
 * dependencies, build results and hidden folders.
 *
 * @throws RunFault for a path that leads nowhere or to a file of another kind
 */
export function findFeatures(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => under(resolve(path))))]
}

/** Whether a file is a feature by its name. */
export function isFeatureFile(path: string): boolean {
  return featureFile.test(path)
}

function under(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new RunFault([`There is no file or folder ${path}: mend the path`], true)
  if (found.isDirectory()) return inFolder(path)
  if (isFeatureFile(path)) return [path]
  throw new RunFault([`${path} is no feature: their names end in .feature or .feature.md`], true)
}

function inFolder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      // A link may lead to a folder; one that leads nowhere is left out.
      const isFolder = entry.isDirectory() || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
      if (isFolder) return ignored.test(entry.name) || entry.isSymbolicLink() ? [] : inFolder(path)
      return isFeatureFile(entry.name) ? [path] : []
    })
}

/** The name of a file in reports: relative to the working folder where it is below it, with `/` on every machine. */
export function uriOf(file: string, working: string): string {
  const path = relative(working, file)
  return (path.startsWith('..') ? file : path).replaceAll(sep, '/')
}
