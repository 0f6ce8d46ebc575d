import { join } from 'node:path'
import type { StoredContent } from '../../kernel/media.ts'
import { fileType } from '../files/file-type.ts'
import { pathInside, realPath } from '../files/path-inside.ts'
import { statsAt, storedFile } from '../files/stored-file.ts'
import type { Mount } from './mount.ts'

/** A file, with the path that it has below its folder. */
export interface MountedFile {
  readonly path: string
  readonly content: StoredContent
}

/** A file, or the index of a folder. */
export interface Found {
  readonly kind: 'file' | 'folder'
  readonly file: MountedFile
}

/** Looks up what a path below a folder leads to; nothing is kept, so that what changes is seen at once. */
export async function findAt(mount: Mount, path: string): Promise<Found | undefined> {
  const real = await realPathOf(mount, path)
  const stats = real === undefined ? undefined : await statsAt(real)
  if (real === undefined || stats === undefined) return undefined
  if (stats.isFile()) return { kind: 'file', file: { path, content: storedFile(real, stats, await fileType(path)) } }
  const index = stats.isDirectory() ? await fileAt(mount, join(path, mount.index)) : undefined
  return index && { kind: 'folder', file: index }
}

/** The file at a path below a folder. */
export async function fileAt(mount: Mount, path: string): Promise<MountedFile | undefined> {
  const real = await realPathOf(mount, path)
  const stats = real === undefined ? undefined : await statsAt(real)
  if (real === undefined || stats?.isFile() !== true) return undefined
  return { path, content: storedFile(real, stats, await fileType(path)) }
}

function realPathOf({ folder, outside }: Mount, path: string): Promise<string | undefined> {
  return outside === true ? realPath(join(folder, path)) : pathInside(folder, path)
}
