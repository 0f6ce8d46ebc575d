import { type Command, Option } from 'commander'
import { usageError } from '../failure.ts'

/** The options of `trestle test`, as they are typed. */
export interface TestOptions {
  readonly app?: string
  readonly address?: string
  readonly api?: string
  readonly port?: string
  readonly tags: readonly string[]
  readonly name: readonly string[]
  readonly parallel: string
  readonly shard?: string
  readonly rerun?: true
  readonly rerunFile?: string
  readonly failedFirst?: true
  readonly failFast?: true
  readonly timeout: string
  readonly retry: string
  readonly reporter: readonly string[]
  readonly var: readonly string[]
  readonly vars: readonly string[]
  readonly secret: readonly string[]
  readonly data?: string
  readonly steps?: true
  readonly editor?: string
  readonly dryRun?: true
  readonly watch?: true
  /** Of all operations only these. */
  readonly only: readonly string[]
  /** Said by `--watch` to the runs that it starts: of all features only these. */
  readonly touched?: readonly string[]
  /** Said too: the run tells what each feature depends on. */
  readonly telling?: true
  readonly color: boolean
  readonly generate?: true
  readonly seed?: string
  readonly examples?: string
  readonly failUnder?: string
  readonly saveFaults?: string
  readonly checks?: string
  readonly without?: string
  readonly phases?: string
  readonly maxTime?: string
  readonly replay?: string
  readonly credential: readonly string[]
  readonly allow: readonly string[]
}

const help = `
Tags that mean something:
  @skip, @wip               reported as skipped, unless --tags or a line asks for them
  @isolated                 a scenario with a context of its own; may run beside others
  @serial                   a feature beside which no other one runs
  @reusable                 runs only where another scenario takes its steps
  @setup, @cleanup          begin and end of a feature, whichever of its scenarios run
  @before-all, @after-all   begin and end of a run; what is stored there is known everywhere

Exit codes: 0 all passed; 1 a scenario failed, has undefined steps or is not written yet, a feature cannot be read,
nothing was tested, or the run was ended early; 2 the command was typed wrong.

Examples:
  $ trestle test                                      all features of the app in this folder
  $ trestle test features/login.feature:12            the scenario at line 12
  $ trestle test --tags '@smoke and not @slow' --parallel 4
  $ trestle test examples/employee --address https://staging.example.com
  $ trestle test --reporter pretty --reporter junit:reports/junit.xml
  $ trestle test --rerun                              what failed the last time
  $ trestle test --watch                              again at each save
  $ trestle test --generate --fail-under 80           tests that the machine writes, from the API description
  $ trestle test --generate api.yaml --address https://staging.example.com --credential bearer=... --allow known-faults.txt`

/** Adds the arguments and options of `trestle test`, and the help on them. */
export function declareTest(command: Command): void {
  const again = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]
  const repeatable = (flags: string, description: string): Option =>
    new Option(flags, description).argParser<readonly string[]>(again)
  command
    .argument('[features...]', 'an app folder, feature files, folders of them, or file:line (default: this app)')
    .option('--app <folder>', 'the folder of the app; if not given, the one that the features are in')
    .option('--address <url>', 'test the server at this address, instead of the app in this process')
    .option('--api <place>', 'with --address: the file or address of its OpenAPI document, to check replies against')
    .option('--port <number>', 'the port whose addresses in features mean the API under test (TRESTLE_PORT, 17010)')
    .addOption(repeatable('--tags <expression>', "only these, as '@smoke and not @slow'; several all have to hold"))
    .addOption(repeatable('--name <text>', 'only scenarios whose name contains the text or fits /a pattern/'))
    .option('--parallel <number>', 'how many features run side by side', '1')
    .option('--shard <part>', 'only a part of all features, such as 1/3, for several machines')
    .option('--rerun', 'only what failed when it last ran')
    .option('--rerun-file <file>', 'where that is noted (default: rerun.txt in the data folder)')
    .option('--failed-first', 'begin with the features that failed the last time')
    .option('--fail-fast', 'begin no scenario after one that failed')
    .option('--retry <number>', 'how often a scenario that fails is tried again; it is reported as flaky', '0')
    .option('--timeout <seconds>', 'how long a scenario may take, 0 for no limit', '60')
    .addOption(
      repeatable('--reporter <name[:file]>', 'pretty, dots, junit, html, json, messages or tap (default: pretty)'),
    )
    .addOption(repeatable('--var <name=value>', 'a value that features write as @name'))
    .addOption(repeatable('--vars <file>', 'more of them, in YAML, JSON or INI (features/variables.* are read anyway)'))
    .addOption(repeatable('--secret <name[=value]>', 'a variable whose value no report shows'))
    .option('--data <folder>', 'where the run keeps what it notes (default: .trestle in the app)')
    .option('--steps', 'print all steps that features may use')
    .option('--editor <folder>', 'write an extension that gives editors their colours and sentences')
    .option('--dry-run', 'only look whether all steps are known')
    .option('--watch', 'run again what a saved file touches; Enter runs all, q quits')
    .addOption(repeatable('--touched <file>', '').hideHelp())
    .addOption(new Option('--telling').hideHelp())
    .option('--no-color', 'no colours (NO_COLOR, FORCE_COLOR)')
    .option('--generate', 'make tests from the API description instead')
    .addOption(repeatable('--only <operation>', "with --generate: only these operations, such as 'GET /things/*'"))
    .option('--seed <number>', 'with --generate: the seed of an earlier run, to repeat it')
    .option('--examples <number>', 'with --generate: random requests for each operation')
    .option('--checks <names>', 'with --generate: only these checks, with commas between them')
    .option('--without <names>', 'with --generate: not these checks')
    .option('--phases <names>', 'with --generate: only these of chains, examples, boundaries and properties')
    .option('--max-time <seconds>', 'with --generate: begin no further test after this time')
    .option('--replay <fault>', 'with --generate and --seed: one random request again, as the report names it')
    .addOption(
      repeatable('--credential <scheme=value>', 'with --generate: a token, key or user:password; no report shows it'),
    )
    .addOption(
      repeatable(
        '--allow <fault>',
        "with --generate: a fault that may stay, such as 'GET /a server_error 500', or a file",
      ),
    )
    .option('--fail-under <percent>', 'with --generate: fail when less of the description is covered')
    .option('--save-faults <folder>', 'with --generate: write each fault as a feature')
    .addHelpText('after', help)
}

const none = {
  ...{ tags: [], name: [], reporter: [], var: [], vars: [], secret: [], only: [] },
  ...{ credential: [], allow: [] },
} as const

const generating = [
  ...(['only', 'seed', 'examples', 'checks', 'without', 'phases', 'maxTime', 'replay'] as const),
  ...(['credential', 'allow', 'failUnder', 'saveFaults'] as const),
]
const running = [
  ...([
    'tags',
    'name',
    'shard',
    'rerun',
    'rerunFile',
    'failedFirst',
    'failFast',
    'steps',
    'editor',
    'dryRun',
    'watch',
  ] as const),
  ...(['parallel', 'retry', 'timeout'] as const),
]

/** The options as they were typed. @throws Failure for those that do not go together */
export function testOptions(command: Command): TestOptions {
  const options: TestOptions = { ...none, ...command.opts<Omit<TestOptions, keyof typeof none>>() }
  const { generate, address, api } = options
  const isGiven = (name: keyof TestOptions): boolean => {
    return options[name] !== undefined && command.getOptionValueSource(name) === 'cli'
  }
  const flag = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  const wrong = generate === true ? running.find(isGiven) : generating.find(isGiven)
  if (wrong !== undefined) {
    throw usageError(
      generate === true
        ? `${flag(wrong)} is about features, and --generate needs none: leave one of them out`
        : `${flag(wrong)} belongs to --generate: add that, or leave it out`,
    )
  }
  if (api !== undefined && address === undefined && generate !== true) {
    throw usageError('--api belongs to --address: an app in this process is described by itself')
  }
  return options
}

/** A whole number from an option. @throws Failure */
export function wholeNumber(option: string, text: string, least: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least) return number
  throw usageError(`${option} is '${text}': give a whole number from ${least}`)
}

/** Milliseconds from an option in seconds. @throws Failure */
export function seconds(option: string, text: string): number {
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (Number.isFinite(number)) return number * 1000
  throw usageError(`${option} is '${text}': give seconds, such as 60 or 0.5`)
}
