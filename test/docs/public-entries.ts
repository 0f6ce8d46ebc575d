import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'
import { exportedNames } from '../../scripts/source/exports.ts'

/** An entry of the package: what users import names from. */
export interface PublicEntry {
  /** `trestle`, `trestle/client` ... */
  readonly specifier: string
  /** Its file in the repository. */
  readonly path: string
}

/** What a public name is, and where it is imported from. */
export interface Importable {
  readonly specifier: string
  readonly kind: 'value' | 'type'
}

/** The entries that `package.json` exports. */
export function publicEntries(): readonly PublicEntry[] {
  const manifest: { exports: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Object.entries(manifest.exports)
    .filter(([, target]) => target.endsWith('.ts'))
    .map(([subpath, target]) => ({ specifier: `trestle${subpath.slice(1)}`, path: target.replace('./', '') }))
}

/** All public names; one that two entries export is imported from the first. */
export function importableNames(): ReadonlyMap<string, Importable> {
  const names = new Map<string, Importable>()
  for (const { specifier, path } of publicEntries()) {
    for (const [name, kind] of Object.entries(exportedNames(readFileSync(join(root, path), 'utf8')))) {
      if (!names.has(name)) names.set(name, { specifier, kind })
    }
  }
  return names
}
