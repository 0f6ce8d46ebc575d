import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { shownPlace } from './place.ts'

/** Says which import of which file leads nowhere, and how to mend it. */
export function missingModule(error: Error & { readonly url?: string }, file: string, folder: string): string {
  const { message, url } = error
  const [, name = '', importer = file] = /^Cannot find \w+ '(.*?)' imported from (.*)$/.exec(message) ?? []
  if (url === undefined) {
    return `${lineWith(importer, name, folder)} imports '${name}', which is not installed: run 'npm install ${name}' in ${folder}`
  }
  const wanted = fileURLToPath(url)
  const path = relative(dirname(importer), wanted).replaceAll(sep, '/')
  const written = path.startsWith('.') ? path : `./${path}`
  const there = endings
    .map((ending) => withEnding(written, ending))
    .find((each) => existsSync(withFile(importer, each)))
  const wayOut = there === undefined ? 'mend the path, or write that file' : `write '${there}'`
  return `${lineWith(importer, written, folder)} imports '${written}', which does not exist: ${wayOut}`
}

// People leave out the extension, or write that of the compiled file.
const endings = ['.ts', '.mts', '.js', '.mjs', '/index.ts']

function withEnding(path: string, ending: string): string {
  return path.replace(/\.m?js$/, '') + ending
}

function withFile(importer: string, path: string): URL {
  return new URL(path, pathToFileURL(importer))
}

/** The line that imports a name. */
function lineWith(importer: string, name: string, folder: string): string {
  const lines = existsSync(importer) ? readFileSync(importer, 'utf8').split('\n') : []
  const index = lines.findIndex((line) => line.includes(`'${name}`) || line.includes(`"${name}`))
  return shownPlace(index === -1 ? undefined : { file: importer, line: index + 1 }, importer, folder)
}
