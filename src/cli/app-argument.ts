import { resolve } from 'node:path'
import type { Command } from 'commander'

/** Adds the argument that names the folder of the app. */
export function declareApp(command: Command): Command {
  return command.argument('[app]', 'the folder of the app', '.')
}

/** The folder of the app, absolute. */
export function appOf(command: Command): string {
  const [folder]: unknown[] = command.processedArgs
  return resolve(String(folder))
}
