// Makes the package that `npm publish` sends out: `npm run build`, or with `--out <folder>` somewhere else than dist/.
import { rm } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { copyAssets } from './build/assets.ts'
import { compile } from './build/compile.ts'
import { writeManifest } from './build/manifest.ts'
import { measure } from './build/measure.ts'
import { root } from './root.ts'

try {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } })
  const out = resolve(root, values.out)
  await build(out)
  report(out)
} catch (error) {
  // What went wrong is for the author of the change; where in these scripts it was noticed is not.
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function build(out: string): Promise<void> {
  if (!relative(out, root).startsWith('..')) {
    throw new Error(`Cannot build into '${out}', which holds the repository and would be emptied: choose another --out`)
  }
  await rm(out, { recursive: true, force: true })
  await compile(out)
  await copyAssets(out)
  await writeManifest(out)
}

function report(out: string): void {
  const { files, bytes, largest } = measure(out)
  console.log(`Built ${relative(process.cwd(), out)}: ${files} files, ${megabytes(bytes)}`)
  for (const part of largest) console.log(`  ${megabytes(part.bytes).padStart(8)}  ${part.path}`)
}

function megabytes(count: number): string {
  return `${(count / 1_000_000).toFixed(2)} MB`
}
