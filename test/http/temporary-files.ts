import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder of files that is gone with its scope. */
export interface TemporaryFiles extends AsyncDisposable {
  readonly folder: string
  /** Writes a file, with the folders on its way. */
  readonly write: (path: string, content: string | Uint8Array) => Promise<void>
}

/** Makes a folder with these files. */
export async function temporaryFiles(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<TemporaryFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'trestle-files-'))
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  for (const [path, content] of Object.entries(files)) await write(path, content)
  return { folder, write, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}
