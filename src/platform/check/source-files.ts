import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A file of an app that people keep together with its code. */
export interface SourceFile {
  /** Relative to the folder of the app. */
  readonly file: string
  readonly text: string
}

const code = /\.([cm]?[jt]s|json|ya?ml)$/
const passedOver = /^(\..*|node_modules|dist)$/

/** The code and the configuration of an app; `.env`, dependencies and build results are none of it. */
export async function sourceFiles(folder: string, below: string = ''): Promise<readonly SourceFile[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true })
  const kept = entries.filter(({ name }) => !passedOver.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const found = await Promise.all(
    kept.map(async (entry): Promise<readonly SourceFile[]> => {
      const file = join(below, entry.name)
      if (entry.isDirectory()) return sourceFiles(folder, file)
      if (!entry.isFile() || !code.test(entry.name)) return []
      return [{ file, text: await readFile(join(folder, file), 'utf8') }]
    }),
  )
  return found.flat()
}
