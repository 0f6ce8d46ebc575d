import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { watchFolder } from '../../platform/watched-folder.ts'
import { isFeatureFile } from '../../testing/plain-english/run/find-features.ts'
import { print } from '../output.ts'
import { stopSignal } from '../stop-signal.ts'
import type { TestOptions } from './options.ts'
import { testPlaces } from './places.ts'
import { pressedKeys } from './pressed-keys.ts'
import { type Touching, touchedBy } from './touching.ts'

/** Features, what they use, and what an app is made of. */
const counts = /^(?!\.).*\.(feature|feature\.md|[cm]?[jt]s|json|ya?ml|sql|csv|tsv|ini|xml)$|^\.env$/

/** What is to run: all features, or these files. */
type Wanted = 'all' | ReadonlySet<string>

/**
 * Runs the tests, and again after each save: a saved feature by itself; those that have called a service whose file, or
 * what that imports, was saved; and all, first those that failed, for anything else. Each run has a process of its own:
 * modules stay in a process for as long as it lives, and it shall be the code of now that is tested.
 */
export async function watchTests(args: readonly string[], options: TestOptions): Promise<number> {
  const { base, asked } = testPlaces(args, options.app)
  const folder = realpathSync(base)
  const reports = new Set(options.reporter.map((each) => resolve(each.replace(/^[^:]*:?/, ''))))
  const isAsked = (file: string): boolean =>
    asked.some(({ path }) => path === file || file.startsWith(join(realpathSync(path), '/')))

  let touching: Touching = { features: {}, common: [] }
  let running: { readonly child: ChildProcess; readonly wanted: Wanted } | undefined
  /** What a run has not come to: it was ended, or the app did not start. */
  let owed: Wanted | undefined
  let next: Wanted | undefined
  let ended: (() => void) | undefined

  const begin = (saved: Wanted): void => {
    const wanted = together(owed, saved)
    owed = wanted
    const child = spawn(process.execPath, [...process.execArgv, ...childArguments(wanted)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    running = { child, wanted }
    child.once('message', (told: Touching) => {
      owed = undefined
      touching = { features: { ...touching.features, ...told.features }, common: told.common }
    })
    child.once('close', () => {
      running = undefined
      ended?.()
      if (ended !== undefined) return
      const after = next
      next = undefined
      if (after === undefined) void print(`\nWatching ${folder}: Enter runs all tests, q quits`)
      else begin(after)
    })
  }

  /** A run that is under way is ended: what it would tell is old. What it has not finished is run again. */
  const run = (wanted: Wanted): void => {
    if (running === undefined) begin(wanted)
    else {
      next = together(together(next, running.wanted), wanted)
      running.child.kill('SIGTERM')
    }
  }

  const saved = (files: readonly string[]): void => {
    const paths = files.map((file) => join(folder, file)).filter((path) => !reports.has(path))
    if (paths.length === 0) return
    const features = paths.filter((path) => isFeatureFile(path) && existsSync(path))
    const others = paths.filter((path) => !features.includes(path))
    if (others.length === 0 && !features.some(isAsked)) return
    const touched = touchedBy(others, touching)
    const wanted = touched === undefined ? 'all' : new Set([...features, ...touched].filter(isAsked))
    const names = paths.map((path) => relative(folder, path)).join(', ')
    void print(
      `\nSaved ${names}${touched === undefined || touched.size === 0 ? '' : `: ${featuresThat(touched.size)}`}`,
    )
    run(wanted)
  }

  using _watch = watchFolder(folder, saved, counts)
  const quit = Promise.withResolvers<void>()
  using _keys = pressedKeys((key) => {
    if (key === 'q' || key === '\u0003') quit.resolve()
    else if (key === '\r' || key === '\n') run('all')
  })
  begin('all')
  await Promise.race([quit.promise, stopSignal()])
  if (running !== undefined) {
    const { promise, resolve: over } = Promise.withResolvers<void>()
    ended = over
    running.child.kill('SIGTERM')
    await promise
  }
  return 0
}

function featuresThat(count: number): string {
  return count === 1 ? '1 feature uses it' : `${count} features use it`
}

/** The command as it was typed, but for what makes it wait. */
function childArguments(wanted: Wanted): readonly string[] {
  const [, script = '', ...typed] = process.argv
  const only = wanted === 'all' ? [] : [...wanted].flatMap((file) => ['--touched', file])
  const [command = 'test', ...others] = typed.filter((each) => each !== '--watch')
  return [script, command, '--failed-first', '--telling', ...only, ...others]
}

function together(one: Wanted | undefined, other: Wanted): Wanted {
  if (one === undefined) return other
  return one === 'all' || other === 'all' ? 'all' : new Set([...one, ...other])
}
