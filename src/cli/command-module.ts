import type { Command } from 'commander'

/** A command, in a file that is loaded only when it runs. */
export interface CommandModule {
  /** Adds its arguments, its options and the help on them. */
  readonly declare: (command: Command) => void
  /** Does its work, and returns the exit code. @throws Failure, StartupError */
  readonly run: (command: Command) => Promise<number>
}
