import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Media, media } from '../kernel/media.ts'

/** A file of the documentation pages. */
export interface Asset {
  readonly file: string
  readonly type: string
  /** Where it comes from when this room does not have it: a package, and a path in it. */
  readonly vendor?: readonly [name: string, path: string]
  /** What is taken out of it. */
  readonly without?: string
}

const script = 'text/javascript; charset=utf-8'
const style = 'text/css; charset=utf-8'

/** The files that the documentation pages load. */
export const assets: readonly Asset[] = [
  { file: 'icon.svg', type: 'image/svg+xml' },
  { file: 'docs.css', type: style },
  { file: 'api-description.js', type: script },
  { file: 'swagger.css', type: style },
  { file: 'swagger-start.js', type: script },
  { file: 'redoc.css', type: style },
  { file: 'redoc-start.js', type: script },
  { file: 'redoc-theme.js', type: script },
  { file: 'swagger-ui.css', type: style, vendor: ['swagger-ui-dist', 'swagger-ui.css'] },
  { file: 'swagger-ui-bundle.js', type: script, vendor: ['swagger-ui-dist', 'swagger-ui-bundle.js'] },
  {
    file: 'redoc.standalone.js',
    type: script,
    vendor: ['redoc', 'bundles/redoc.standalone.js'],
    // Its logo would be loaded from the Internet by every reader; without an address it hides itself.
    without: 'https://cdn.redoc.ly/redoc/logo-mini.svg',
  },
]

const known = new Map<Asset, Promise<Media>>()

/**
 * Reads an asset once, when it is first asked for, and keeps it.
 *
 * @throws Error when neither the package nor an installed dependency has the file.
 */
export function readAsset(asset: Asset): Promise<Media> {
  const kept = known.get(asset) ?? read(asset)
  known.set(asset, kept)
  return kept
}

async function read({ file, type, vendor, without }: Asset): Promise<Media> {
  const own = new URL(`./assets/${file}`, import.meta.url)
  const text = await readFile(existsSync(own) || vendor === undefined ? own : vendorPath(...vendor), 'utf8')
  const bytes = Buffer.from(without === undefined ? text : text.replaceAll(without, 'data:,'))
  // With an entity tag that is made once.
  return media(bytes, type, { ranges: true })
}

/** The published package carries these files; a clone of the repository has them installed. */
function vendorPath(name: string, path: string): string {
  return join(createRequire(import.meta.url).resolve(`${name}/package.json`), '..', path)
}
