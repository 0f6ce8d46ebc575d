import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { type Place, placesIn } from './place.ts'

/** So long the other process may take, in milliseconds; without it the file is named, but not the line. */
const patience = 5_000

/**
 * Where the syntax error is that keeps a module from loading: in it, or in what it imports. Node tells the place of
 * such an error only when it ends a process, so a second one is made to load the same module; none of it runs.
 */
export function syntaxErrorPlace(file: string): Promise<Place | undefined> {
  const load = `import(${JSON.stringify(pathToFileURL(file).href)})`
  return new Promise((resolve) => {
    execFile(process.execPath, ['--eval', load], { timeout: patience }, (_error, _stdout, stderr) => {
      resolve(placesIn(stderr)[0])
    })
  })
}
