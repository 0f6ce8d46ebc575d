import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { root } from '../../scripts/root.ts'

/** A program for browsers, in one file. */
export interface Bundle {
  readonly code: string
  /** How many bytes it is in gzip, as servers send it. */
  readonly gzipped: number
  /** What it leaves to be imported. */
  readonly imports: readonly string[]
  /** The files that are in it, from the root of the repository. */
  readonly files: readonly string[]
}

const entry = '\0program'

/** Bundles a program that imports `trestle/client` as the bundlers of front ends do, for browsers and minified. */
export async function bundled(program: string): Promise<Bundle> {
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => {
          if (id === entry) return entry
          return id === 'trestle/client' ? join(root, 'src/client.ts') : null
        },
        load: (id) => (id === entry ? program : null),
      },
    ],
    onLog: (_level, { message }) => {
      throw new Error(message)
    },
  })
  try {
    const { output } = await build.generate({ format: 'esm', minify: true })
    const [{ code, imports, dynamicImports, moduleIds }] = output
    return {
      code,
      gzipped: gzipSync(code, { level: 9 }).length,
      imports: [...imports, ...dynamicImports, ...output.slice(1).map(({ fileName }) => fileName)],
      files: moduleIds.filter((id) => id !== entry).map((id) => id.slice(root.length + 1)),
    }
  } finally {
    await build.close()
  }
}
