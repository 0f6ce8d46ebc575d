import { globSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

/** What to hand to `node --test`, or what is wrong with the arguments. */
export type Selection = {
  readonly options: readonly string[]
  readonly files: readonly string[]
  readonly problem?: string
}

const EVERYTHING = ['src', 'test', 'examples', 'bench'].map((folder) => `${folder}/**/*.test.ts`)

const OPTIONS_WITH_A_VALUE = new Set(
  ['name-pattern', 'skip-pattern', 'concurrency', 'timeout', 'shard', 'reporter', 'reporter-destination']
    .map((name) => `--test-${name}`)
    .concat('--import'),
)

// A test that hangs must end the run with its name, not the machine's patience; the slowest file builds the package.
const TIMEOUT_MS = 240_000

/** Splits arguments into options for the runner and test files; without files, all of them. */
export function chooseTests(args: readonly string[], folder: string): Selection {
  const options: string[] = []
  const files: string[] = []
  for (const [index, arg] of args.entries()) {
    if (arg.startsWith('-') || OPTIONS_WITH_A_VALUE.has(args[index - 1] ?? '')) {
      options.push(arg)
      continue
    }
    const matches = testsAt(arg, folder)
    if (matches.length === 0) {
      return { options, files, problem: `No test file matches '${arg}': give a *.test.ts file, a folder or a glob` }
    }
    files.push(...matches)
  }
  return {
    options: [...defaults(options), ...options],
    files: files.length > 0 ? [...new Set(files)] : find(EVERYTHING, folder),
  }
}

function defaults(given: readonly string[]): readonly string[] {
  const wanted = {
    '--test-reporter': 'spec',
    '--test-timeout': String(TIMEOUT_MS),
    // Most tests wait for sockets and processes, so one core can take two files.
    '--test-concurrency': String(Math.max(2, availableParallelism())),
  }
  return Object.entries(wanted)
    .filter(([name]) => !given.some((option) => option === name || option.startsWith(`${name}=`)))
    .map(([name, value]) => `${name}=${value}`)
}

function testsAt(arg: string, folder: string): readonly string[] {
  const isFolder = statSync(join(folder, arg), { throwIfNoEntry: false })?.isDirectory() ?? false
  return find([isFolder ? join(arg, '**/*.test.ts') : arg], folder).filter((path) => path.endsWith('.test.ts'))
}

function find(patterns: readonly string[], folder: string): readonly string[] {
  return globSync([...patterns], { cwd: folder, exclude: ['**/node_modules/**', '**/dist/**'] }).sort()
}
