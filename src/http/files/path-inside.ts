import { realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { isMissing } from './stored-file.ts'

/**
 * The real path of what a path leads to, all links followed; undefined when nothing is there, or when it is not inside
 * the folder.
 */
export async function pathInside(folder: string, path: string): Promise<string | undefined> {
  const [root, real] = await Promise.all([realPath(folder), realPath(join(folder, path))])
  if (root === undefined || real === undefined) return undefined
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep) ? real : undefined
}

/** A path with all links followed; undefined when nothing is there. */
export async function realPath(path: string): Promise<string | undefined> {
  // No file has it in its name, and no system takes it in a path.
  if (path.includes('\0')) return undefined
  try {
    return await realpath(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
