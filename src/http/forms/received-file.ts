import { type FileHandle, rm } from 'node:fs/promises'
import { CallState } from '../../kernel/call-state.ts'
import { openTemporary } from './upload-folder.ts'
import { UploadedFile } from './uploaded-file.ts'

/** Up to so many bytes a file stays in memory, and is written at once. */
const smallest = 64 * 1024

/** What is known of a file before its content comes, and where the content goes. */
export interface Receiving {
  readonly call: CallState
  readonly name: string
  readonly type: string
  /** The folder for temporary files; that of the operating system if it is not given. */
  readonly folder: string | undefined
}

/**
 * Receives a file: in memory while it is small, else in a temporary file that the call owns. When the content fails to
 * come, so does this, and the temporary file is gone.
 */
export async function receivedFile(
  content: AsyncIterable<Uint8Array>,
  { call, name, type, folder }: Receiving,
): Promise<UploadedFile> {
  let chunks: Uint8Array[] = []
  let waiting = 0
  let path: string | undefined
  let handle: FileHandle | undefined
  try {
    for await (const chunk of content) {
      chunks.push(chunk)
      waiting += chunk.length
      if (waiting <= smallest) continue
      if (handle === undefined) {
        const temporary = await openTemporary(folder)
        CallState.own(call, () => rm(temporary.path, { force: true }))
        path = temporary.path
        handle = temporary.handle
      }
      await writeAll(handle, chunks)
      chunks = []
      waiting = 0
    }
    if (handle !== undefined) await writeAll(handle, chunks)
    await handle?.close()
  } catch (error) {
    await handle?.close()
    if (path !== undefined) await rm(path, { force: true })
    throw error
  }
  if (path !== undefined) return await UploadedFile.at(path, name, type)
  return new UploadedFile(chunks as Uint8Array<ArrayBuffer>[], name, { type })
}

async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks)
  const rest = chunks.reduce((size, { length }) => size + length, -bytesWritten)
  if (rest === 0) return
  const bytes = Buffer.concat(chunks).subarray(bytesWritten)
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten
}
