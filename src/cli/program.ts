import { Command, CommanderError } from 'commander'
import { commands } from './commands.ts'
import { usageError } from './failure.ts'
import { version } from './version.ts'

/**
 * Runs the command that the arguments name, and returns the exit code.
 *
 * @throws Failure, StartupError
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  let code = 0
  const program = new Command('trestle')
    .description('Trestle: write a typed service once, and serve it with everything that a production API needs.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    // Without it an option of a command, such as the --version of openapi, would be taken for the program's own.
    .enablePositionalOptions()

  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = program.command(name).description(summary)
    if (!args.includes(name)) continue
    const { declare, run } = await load()
    declare(command)
    command.action(async () => {
      code = await run(command)
    })
  }
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return 0
    if (error.code === 'commander.help') return 2
    throw usageError(sentence(error, program, args))
  }
  return code
}

function sentence({ message }: CommanderError, program: Command, args: readonly string[]): string {
  const known = program.commands.find((each) => each.name() === args[0])
  const what = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '')
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}: see 'trestle ${known ? `${known.name()} ` : ''}--help'`
}
