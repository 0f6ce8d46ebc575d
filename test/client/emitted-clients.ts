import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'
import { runTool } from '../../scripts/run.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import { openApiDocument } from '../../src/openapi/document.ts'
import { loadApi } from '../../src/openapi/read/load.ts'
import type { ReadApi } from '../../src/openapi/read/read-api.ts'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import { openApp } from '../../src/platform/open-app.ts'

/** Where the documents lie that were written to be difficult. */
export const documents: string = join(root, 'test/client/documents')

/** Every document that clients are written for, by a name for its file. */
export async function readDocuments(): Promise<ReadonlyMap<string, ReadApi>> {
  const own = (await readdir(documents)).sort().map(async (file) => {
    return [file.replace('.yaml', ''), await loadApi(join(documents, file))] as const
  })
  return new Map([...(await Promise.all(own)), ...(await exampleDocuments())])
}

async function exampleDocuments(): Promise<readonly (readonly [name: string, api: ReadApi])[]> {
  const folders = (await readdir(join(root, 'examples'), { withFileTypes: true })).filter((each) => each.isDirectory())
  const each = folders.map(async ({ name }) => {
    const { app } = await openApp(join(root, 'examples', name), { log: silentLogger, mode: 'test' })
    await app.close()
    return (['3.0', '3.1', '3.2'] as const).map((version) => {
      return [`${name}-${version}`, readOpenApi(openApiDocument(app.description, version))] as const
    })
  })
  return (await Promise.all(each)).flat()
}

/** Files for the compiler; they are deleted when their scope ends. */
export interface CompiledFiles extends AsyncDisposable {
  readonly folder: string
  /** What the compiler finds wrong, a line each. */
  readonly errors: () => Promise<readonly string[]>
}

/** Writes files where they find `trestle/client` as in any app, and the tools of the repository do not look. */
export async function compiledFiles(files: ReadonlyMap<string, string>): Promise<CompiledFiles> {
  const parent = join(root, 'node_modules', '.cache')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'trestle-clients-'))
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      paths: { 'trestle/client': [join(root, 'src/client.ts')] },
      noUnusedLocals: true,
      // As libraries are compiled: each exported name says its type.
      declaration: true,
      isolatedDeclarations: true,
    },
    include: ['.'],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  for (const [name, text] of files) await writeFile(join(folder, `${name}.ts`), text)
  return {
    folder,
    errors: async () => {
      const { output } = await runTool('typescript/bin/tsc', ['-p', folder])
      return output.split('\n').filter((line) => line.includes('trestle-clients-'))
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
