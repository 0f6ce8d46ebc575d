import { resolve } from 'node:path'
import type { Command } from 'commander'
import { usageError } from './failure.ts'

/** Adds the option that says where the app keeps what has to outlast its process. */
export function declareData(command: Command): Command {
  return command.option('--data <folder>', 'where the app keeps its data (TRESTLE_DATA; .trestle in the app)')
}

/** The folder that the option names, for those who make the app; nothing where variable and default count. @throws Failure */
export function dataOf(command: Command): { readonly data?: string } {
  const { data } = command.opts<{ data?: string }>()
  if (data === '') throw usageError("--data is '': name a folder, such as /var/lib/api")
  return data === undefined ? {} : { data: resolve(data) }
}
