import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../../scripts/root.ts'

/** An app in a folder of its own, which is deleted when its scope ends. */
export interface TemporaryApp extends AsyncDisposable {
  readonly folder: string
  /** Writes a file of the app, in folders that are made where needed. */
  readonly write: (path: string, text: string) => Promise<void>
  /** Deletes a file or a folder of the app. */
  readonly remove: (path: string) => Promise<void>
}

/** Makes an app of the given files, which may import Trestle and Zod as if they were installed. */
export async function temporaryApp(files: Readonly<Record<string, string>>): Promise<TemporaryApp> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'trestle-cli-')))
  const modules = join(folder, 'node_modules')
  await mkdir(modules)
  await symlink(root, join(modules, 'trestle'), 'junction')
  await symlink(join(root, 'node_modules/zod'), join(modules, 'zod'), 'junction')

  const write: TemporaryApp['write'] = async (path, text) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) await write(path, text)
  const drop = (path: string): Promise<void> =>
    rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  return {
    folder,
    write,
    remove: (path) => drop(join(folder, path)),
    [Symbol.asyncDispose]: () => drop(folder),
  }
}

/** A service file with one service, `hello`, that answers GET /hello with a word. */
export function helloFile(word: string): string {
  return [
    "import { get, service } from 'trestle'",
    "import { z } from 'zod'",
    "export const hello = service({ summary: 'Say a word', output: z.object({ word: z.string() }), on: get('/hello'),",
    `  handle: () => ({ word: '${word}' }) })`,
    '',
  ].join('\n')
}
