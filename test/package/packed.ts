import assert from 'node:assert/strict'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'
import { command, npm } from './npm.ts'

/** A package made by `npm run build` and `npm pack`. */
export type Packed = {
  /** The folder that the build made. */
  readonly dist: string
  readonly tarball: string
  readonly files: readonly string[]
  readonly unpackedBytes: number
}

type PackReport = readonly [
  { readonly filename: string; readonly unpackedSize: number; readonly files: readonly { readonly path: string }[] },
]

/** Builds the package and packs it, all inside a folder. */
export async function pack(folder: string): Promise<Packed> {
  const dist = join(folder, 'dist')
  const build = await command(process.execPath, [join(root, 'scripts/build.ts'), '--out', dist], root)
  assert.equal(build.code, 0, `The build failed:\n${build.stderr}`)
  const packing = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder, dist], folder)
  assert.equal(packing.code, 0, `npm pack failed:\n${packing.stderr}`)
  const [report]: PackReport = JSON.parse(packing.stdout)
  return {
    dist,
    tarball: join(folder, report.filename),
    files: report.files.map(({ path }) => path).sort(),
    unpackedBytes: report.unpackedSize,
  }
}
