import { openAsBlob } from 'node:fs'
import { copyFile, rename, rm, writeFile } from 'node:fs/promises'

/**
 * A file that a client has sent: the web's `File`, whose content is in memory when it is small, and else in a temporary
 * file, which is removed when the reply has left and all work behind it is done.
 *
 * ```ts
 * const note = new UploadedFile(['Hello'], 'note.txt', { type: 'text/plain' })
 * note.name // => 'note.txt'
 * note.size // => 5
 * await note.text() // => 'Hello'
 * ```
 */
export class UploadedFile extends File {
  #path: string | undefined

  /** A file like the given one; the same if it is an uploaded file. */
  static of(file: File): UploadedFile {
    return file instanceof UploadedFile ? file : new UploadedFile([file], file.name, { type: file.type })
  }

  /** The file whose content is at a path, which `size` in bytes and the file itself no longer change. */
  static async at(path: string, name: string, type: string): Promise<UploadedFile> {
    const file = new UploadedFile([await openAsBlob(path)], name, { type })
    file.#path = path
    return file
  }

  /** Where the temporary file is; undefined while the content is in memory, and when it has been moved. */
  get path(): string | undefined {
    return this.#path
  }

  /**
   * Puts the content at a path of your own, where it stays; a file that is there already is replaced. Afterwards it is
   * read there, not here.
   *
   * @throws Error when the path cannot be written, or the temporary file is gone.
   */
  async moveTo(path: string): Promise<void> {
    const from = this.#path
    if (from === undefined) return writeFile(path, this.stream())
    try {
      await rename(from, path)
    } catch (error) {
      // Another disk.
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
      await copyFile(from, path)
      await rm(from, { force: true })
    }
    this.#path = undefined
  }
}
