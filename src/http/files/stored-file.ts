import type { BigIntStats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { StoredContent } from '../../kernel/media.ts'

/** So much of a file is in memory for a client, in bytes. */
const chunk = 128 * 1024

/** Says that a file is no longer what its headers say. */
export class FileChanged extends Error {}

/** So often a file that changes between looking it up and reading it is looked up again. */
const attempts = 3

const missing: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'])

/** Looks up and sends, again where the file has become another one meanwhile. */
export async function untilSteady<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof FileChanged) || attempt === attempts) throw error
    }
  }
}

/** What is at a path; undefined when nothing is. @throws Error when it may not be looked at */
export async function statsAt(path: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(path, { bigint: true })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whether the error says that there is nothing at a path. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && missing.has(error.code)
}

/**
 * A file that was looked at. It is opened only when it is read, and closed when the reader stops, so that a reply which
 * nobody takes holds nothing open.
 *
 * @throws FileChanged from its reader, when it is another file by then
 */
export function storedFile(path: string, stats: BigIntStats, type: string): StoredContent {
  const etag = tagOf(stats)
  return { type, size: Number(stats.size), etag, modified: stats.mtime, read: (from, to) => read(path, etag, from, to) }
}

async function* read(path: string, etag: string, from: number, to: number): AsyncIterable<Uint8Array> {
  const file = await open(path).catch((error: unknown) => {
    throw isMissing(error) ? new FileChanged(`${path} is gone`, { cause: error }) : error
  })
  try {
    if (tagOf(await file.stat({ bigint: true })) !== etag) throw new FileChanged(`${path} has changed`)
    for (let at = from; at < to; ) {
      const buffer = Buffer.allocUnsafe(Math.min(chunk, to - at))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
      if (bytesRead === 0) throw new FileChanged(`${path} was cut while it was sent`)
      yield buffer.subarray(0, bytesRead)
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

/** Another content has another tag, also where a file takes the place of one of the same size and age. */
function tagOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `"${[ino, size, mtimeNs].map((each) => each.toString(36)).join('-')}"`
}
