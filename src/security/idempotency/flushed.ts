import { type FileHandle, open } from 'node:fs/promises'

/** Has what was written to a file be on the disk, without holding up the thread. */
export interface Flushed {
  /** Settles when all that was written before the call is on the disk; those who ask at the same time share the work. */
  readonly flush: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Flushes a file that is there already. */
export function flushed(path: string): Flushed {
  let opening: Promise<FileHandle> | undefined
  let running: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | undefined
  const sync = async (): Promise<void> => {
    opening ??= open(path, 'r+')
    await (await opening).datasync()
  }
  return {
    flush: () => {
      // What is running may have begun before the latest write.
      waiting ??= running
        .catch(() => {})
        .then(() => {
          waiting = undefined
          running = sync()
          return running
        })
      return waiting
    },
    close: async () => {
      await waiting?.catch(() => {})
      await running.catch(() => {})
      await (await opening?.catch(() => undefined))?.close()
    },
  }
}
