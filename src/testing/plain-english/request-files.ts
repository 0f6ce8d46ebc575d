import { readFile } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import type { World } from './world.ts'

/** A file that a step names. */
export interface NamedFile {
  readonly name: string
  readonly content: Uint8Array<ArrayBuffer>
}

/**
 * Reads a file that a step names: from one of the folders beside the feature or above it, up to that with the name
 * `features`, or else relative to one of those; the extension may be left out.
 *
 * @throws Error that names all places where it is not
 */
export async function namedFile(
  world: Pick<World, 'folder'>,
  name: string,
  folders: readonly string[],
  extension: string = '',
): Promise<NamedFile> {
  const names = extension === '' || name.endsWith(extension) ? [name] : [name, `${name}${extension}`]
  const places = withAbove(world.folder).flatMap((above) => [...folders, '.'].map((each) => join(above, each)))
  const paths = places.flatMap((place) => names.map((each) => resolve(place, each)))
  for (const path of paths) {
    const content = await contentOf(path)
    if (content !== undefined) return { name: basename(path), content }
  }
  const tried = paths.map((path) => relative(world.folder, path) || '.').join(', ')
  throw new Error(`There is no file "${name}" beside the feature: looked for ${tried}`)
}

/** A folder, and those above it up to the one with the name `features`; it alone when there is none. */
export function withAbove(folder: string): readonly string[] {
  const parts = folder.split(sep)
  const last = parts.lastIndexOf('features')
  if (last === -1) return [folder]
  return parts.slice(last).map((_, index) => parts.slice(0, parts.length - index).join(sep))
}

/** Nothing when there is no such file: neither that nor a folder is one. */
async function contentOf(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined
    throw error
  }
}
