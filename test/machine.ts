import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * The path of an installed Chromium: the one in the environment variable CHROMIUM, else the first in PATH. Undefined on
 * a machine without one, where a test skips; with CI=true that is an error, because nothing may go untested there.
 *
 * @example
 * test('the page shows the route', { skip: skipWithout('Chromium', chromium()) }, async () => { ... })
 */
export function chromium(): string | undefined {
  const chosen = process.env.CHROMIUM
  if (chosen !== undefined && !existsSync(chosen)) {
    throw new Error(`CHROMIUM names '${chosen}', which does not exist: set it to the path of a Chromium, or unset it`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const installed = CHROMIUM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync)
  return required('Chromium', chosen ?? installed, 'install it (apt-get install chromium) or set CHROMIUM to its path')
}

/** The `skip` option of a test: false when the thing was found, else the reason that the report shows. */
export function skipWithout(thing: string, found: string | undefined): string | false {
  return found === undefined && `this machine has no ${thing}`
}

/** What was found; with CI=true, an error that says how to mend the machine when nothing was. */
export function required(thing: string, found: string | undefined, mend: string): string | undefined {
  if (found === undefined && process.env.CI === 'true') {
    throw new Error(`CI=true, but this machine has no ${thing}: ${mend}`)
  }
  return found
}

/** The folder with the programs of an installed PostgreSQL server, or undefined; with CI=true that is an error. */
export function postgres(): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const folders = [
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => join('/usr/lib/postgresql', version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  const installed = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
  return required('PostgreSQL', installed, 'install it (apt-get install postgresql)')
}

/** The path of an installed Redis or Valkey server, or undefined; with CI=true that is an error. */
export function redis(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const names = ['redis-server', 'valkey-server']
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync)
  return required('Redis', installed, 'install it (apt-get install redis-server)')
}
