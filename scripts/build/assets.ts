import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../root.ts'
import { filesBelow } from './files.ts'

// A README or CHANGELOG may come later; nothing may ever ship without its licence.
const PAPERS = [
  { path: 'LICENSE', required: true },
  { path: 'README.md', required: false },
  { path: 'CHANGELOG.md', required: false },
]

// The documentation pages are served from the package, so that they work without a network and call nobody.
const DOCS_PAGES: Readonly<Record<string, string>> = {
  'swagger-ui-dist/swagger-ui-bundle.js': 'swagger-ui-bundle.js',
  'swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt': 'swagger-ui-bundle.js.LICENSE.txt',
  'swagger-ui-dist/swagger-ui.css': 'swagger-ui.css',
  'swagger-ui-dist/LICENSE': 'swagger-ui.LICENSE',
  'swagger-ui-dist/NOTICE': 'swagger-ui.NOTICE',
  'redoc/bundles/redoc.standalone.js': 'redoc.standalone.js',
  'redoc/bundles/redoc.standalone.js.LICENSE.txt': 'redoc.standalone.js.LICENSE.txt',
  'redoc/LICENSE': 'redoc.LICENSE',
}

/** Copies what is not compiled: papers, the command, files beside the sources, and the documentation pages. */
export async function copyAssets(out: string): Promise<void> {
  for (const { path, required } of PAPERS) {
    if (required || existsSync(join(root, path))) await copy(join(root, path), join(out, path))
  }
  await copy(join(root, 'bin/trestle.mjs'), join(out, 'bin/trestle.mjs'))
  for (const path of sourceAssets(join(root, 'src'))) await copy(join(root, 'src', path), join(out, path))
  for (const [from, to] of Object.entries(DOCS_PAGES)) {
    await copy(join(root, 'node_modules', from), join(out, 'openapi/assets', to))
  }
}

/** Files inside src/ that ship as they are: all of a template, and whatever is not TypeScript; no test's fixtures. */
export function sourceAssets(src: string): readonly string[] {
  return filesBelow(src)
    .filter((path) => !/(^|\/)fixtures\//.test(path))
    .filter((path) => !path.endsWith('.ts') || /(^|\/)template\//.test(path))
}

async function copy(from: string, to: string): Promise<void> {
  if (!existsSync(from)) {
    throw new Error(`Cannot build without '${from}': restore the file, or run npm ci when it is in node_modules`)
  }
  await cp(from, to)
}
