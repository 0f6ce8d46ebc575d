import { isAbsolute, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A line of a file. */
export interface Place {
  readonly file: string
  readonly line: number
}

// Node names the place of a syntax error on a line of its own, above the code; the frames of a stack come later.
const header = /^(\S.*):(\d+)$/gm
const frame = /(file:\/\/\S*?):(\d+):\d+/g

/** The lines of files that the text of an error or of its stack names, in order. */
export function placesIn(text: string): readonly Place[] {
  return [...text.matchAll(header), ...text.matchAll(frame)]
    .map(([, file = '', line]) => ({
      file: file.startsWith('file://') ? fileURLToPath(file) : file,
      line: Number(line),
    }))
    .filter(({ file }) => isAbsolute(file))
}

/** The first line of the app's own files that the stack of an error names. */
export function placeInApp(error: unknown, folder: string): Place | undefined {
  const own = resolve(folder) + sep
  return placesIn(error instanceof Error ? (error.stack ?? '') : '').find(
    ({ file }) => file.startsWith(own) && !file.includes(`${sep}node_modules${sep}`),
  )
}

/** A place as people write it, such as `services/employee.ts:12`, or the file alone. */
export function shownPlace(place: Place | undefined, file: string, folder: string): string {
  return place === undefined ? relative(folder, file) : `${relative(folder, place.file)}:${place.line}`
}
