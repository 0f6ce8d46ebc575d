import { sep } from 'node:path'
import { decodePercent } from '../route/percent.ts'

/** What no segment of a path to a file may be or hold, on any system: it could lead elsewhere than it says. */
const treacherous = /^\.{0,2}$|[/\\]/

/** What Windows would take for a drive, a stream or another file. */
const windows = /[:<>"|?*]|[. ]$/

/** Where well-known addresses are (RFC 8615), the one name with a dot that is meant for everybody. */
const wellKnown = '.well-known'

/**
 * The names on the way to a file below a folder, each decoded once; undefined where a path could lead anywhere else.
 *
 * @throws Problem `malformed_url`
 */
export function fileSegments(path: string, dotfiles: 'deny' | 'allow'): readonly string[] | undefined {
  const names = path.split('/').slice(1)
  if (names.at(-1) === '') names.pop()
  const decoded = names.map(decodePercent)
  const isSafe = decoded.every(
    (name, at) =>
      !treacherous.test(name) &&
      (dotfiles === 'allow' || !name.startsWith('.') || (at === 0 && name === wellKnown)) &&
      (sep === '/' || !windows.test(name)),
  )
  return isSafe ? decoded : undefined
}
