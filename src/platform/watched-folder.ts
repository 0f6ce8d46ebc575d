import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { StartupError } from '../kernel/startup-error.ts'

const ignored = /^(\..*|node_modules|dist)$/

// Files whose names begin with a dot are those of editors and tools, but for the environment.
const watched = /^(?!\.).*\.([cm]?[jt]s|json|ya?ml|sql)$|^\.env$/

/** For so long there must be quiet before a change is told, in milliseconds: a save is several events, a checkout many. */
const quiet = 50

/**
 * Tells of changed, new and deleted files of an app, by their paths in its folder. Other files than code and
 * configuration, or those whose names `counts` says, dependencies, build results and hidden folders do not count.
 *
 * @throws StartupError when the folder cannot be watched
 */
export function watchFolder(
  folder: string,
  onChange: (files: readonly string[]) => void,
  counts: RegExp = watched,
): Disposable {
  const watchers = new Map<string, FSWatcher>()
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const note = (path: string): void => {
    changed.add(relative(folder, path))
    clearTimeout(timer)
    timer = setTimeout(() => {
      const files = [...changed].sort()
      changed.clear()
      onChange(files)
    }, quiet)
  }

  /** Watches a folder and those in it, and returns the files that count. */
  const enter = (path: string): string[] => {
    const watcher = watch(path, (_event, name) => name !== null && hear(join(path, name)))
    watcher.on('error', () => leave(path))
    watchers.set(path, watcher)
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const inner = join(path, entry.name)
      if (entry.isDirectory()) return ignored.test(entry.name) ? [] : enter(inner)
      return counts.test(entry.name) ? [inner] : []
    })
  }

  const leave = (path: string): void => {
    for (const [each, watcher] of watchers) {
      if (relative(path, each).startsWith('..')) continue
      watcher.close()
      watchers.delete(each)
    }
  }

  const hear = (path: string): void => {
    if (isFolder(path)) {
      if (watchers.has(path) || ignored.test(basename(path))) return
      // Its files may be older than the watch, so that nobody tells of them.
      try {
        for (const file of enter(path)) note(file)
      } catch {
        // It is gone again already, and its parent tells of that.
        leave(path)
      }
    } else if (watchers.has(path)) {
      leave(path)
      note(path)
    } else if (counts.test(basename(path))) note(path)
  }

  try {
    enter(folder)
  } catch (error) {
    leave(folder)
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartupError([`${folder} cannot be watched for changes (${reason}): raise the system's limit of watches`])
  }
  return {
    [Symbol.dispose]: () => {
      clearTimeout(timer)
      leave(folder)
    },
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
