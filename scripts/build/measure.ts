import { statSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from './files.ts'

/** How big a built package is, and which of its top folders make it so. */
export type Size = {
  readonly files: number
  readonly bytes: number
  readonly largest: readonly { readonly path: string; readonly bytes: number }[]
}

/** Measures every file of a folder. */
export function measure(folder: string): Size {
  const files = filesBelow(folder)
  const parts = new Map<string, number>()
  let total = 0
  for (const file of files) {
    const { size } = statSync(join(folder, file))
    const [top = ''] = file.split('/')
    parts.set(top, (parts.get(top) ?? 0) + size)
    total += size
  }
  const largest = [...parts].map(([path, bytes]) => ({ path, bytes })).sort((a, b) => b.bytes - a.bytes)
  return { files: files.length, bytes: total, largest: largest.slice(0, 3) }
}
