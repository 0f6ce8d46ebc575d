import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type FileHandle, mkdir, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

const here = hostname().replace(/[^\w.]/g, '_')
const nameForm = /^trestle-(\d+)-([\w.]+)-\w+$/

/** The folders of this process, by the folder that they are in. */
const folders = new Map<string, Promise<string>>()
const toRemove = new Set<string>()

/** The folder of this process for temporary files, inside another: made when first asked for, removed at exit. */
export function uploadFolder(parent: string = tmpdir()): Promise<string> {
  let folder = folders.get(parent)
  if (folder === undefined) {
    folder = made(parent)
    folders.set(parent, folder)
    // What could not be made may be possible later.
    folder.catch(() => folders.delete(parent))
  }
  return folder
}

/** A temporary file, open for writing. */
export interface Temporary {
  readonly path: string
  readonly handle: FileHandle
}

/** Makes a temporary file; also where somebody who tidies up has removed the folder. */
export async function openTemporary(parent: string = tmpdir()): Promise<Temporary> {
  const current = uploadFolder(parent)
  try {
    return await openIn(await current)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    if (folders.get(parent) === current) folders.delete(parent)
    return await openIn(await uploadFolder(parent))
  }
}

async function openIn(folder: string): Promise<Temporary> {
  const path = join(folder, randomUUID())
  return { path, handle: await open(path, 'wx', 0o600) }
}

async function made(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true })
  await removeStale(parent)
  // Only the user of the process may look into it.
  const folder = await mkdtemp(join(parent, `trestle-${process.pid}-${here}-`))
  if (toRemove.size === 0) process.once('exit', removeAll)
  toRemove.add(folder)
  return folder
}

function removeAll(): void {
  for (const folder of toRemove) rmSync(folder, { recursive: true, force: true })
}

/** Removes what processes left behind that were killed. */
export async function removeStale(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid, host] = nameForm.exec(name) ?? []
    // A folder of another machine, or of another container, may be in use there.
    if (pid === undefined || host !== here) continue
    const folder = join(parent, name)
    if (await isStale(folder, Number(pid))) await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

async function isStale(folder: string, pid: number): Promise<boolean> {
  try {
    // In a container each process that is started may have the number of the one before it.
    if (pid === process.pid) return (await stat(folder)).mtimeMs < performance.timeOrigin
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
