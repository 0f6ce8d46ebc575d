import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../root.ts'

type Json = string | boolean | readonly Json[] | { readonly [key: string]: Json }
type Manifest = { readonly [key: string]: Json }

// What only the repository needs. Optional dependencies go too: they carry the repository's own Node.
const NOT_PUBLISHED = new Set([
  ...['private', 'files', 'workspaces', 'scripts'],
  ...['devDependencies', 'optionalDependencies', 'overrides'],
])

/** Writes the package.json of the published package into a folder that holds the compiled package. */
export async function writeManifest(out: string): Promise<void> {
  const source: Manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const manifest = publishedManifest(source)
  for (const path of targets(manifest.exports ?? {})) {
    if (!existsSync(join(out, path))) {
      throw new Error(`package.json exports '${path}', which the build did not make: mend its entry in exports`)
    }
  }
  await writeFile(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** The package.json of the repository, as users get it: compiled files, and only what an install needs. */
export function publishedManifest(source: Manifest): Manifest {
  const kept = Object.entries(source).filter(([key]) => !NOT_PUBLISHED.has(key))
  return Object.fromEntries(kept.map(([key, value]) => [key, key === 'exports' ? compiled(value) : value]))
}

function compiled(target: Json): Json {
  if (typeof target === 'string') {
    if (!target.startsWith('./src/')) return target
    const path = `./${target.slice('./src/'.length)}`
    const stem = path.endsWith('.ts') ? path.slice(0, -'.ts'.length) : undefined
    return stem === undefined ? path : { types: `${stem}.d.ts`, default: `${stem}.js` }
  }
  if (typeof target !== 'object' || Array.isArray(target)) return target
  return Object.fromEntries(Object.entries(target).map(([key, value]) => [key, compiled(value)]))
}

/** Every file that an exports map points to, without patterns; package.json is written last. */
function targets(value: Json): readonly string[] {
  if (typeof value === 'string') return value.includes('*') || value === './package.json' ? [] : [value]
  return typeof value === 'object' ? Object.values(value).flatMap(targets) : []
}
