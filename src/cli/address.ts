import type { Command } from 'commander'
import { usageError } from './failure.ts'

/** Where to listen; port 0 takes a free one. */
export interface Address {
  readonly port: number
  readonly host: string
}

export const defaultAddress: Address = { port: 17010, host: '127.0.0.1' }

/** Adds the options that say where to listen. */
export function declareAddress(command: Command): Command {
  return command
    .option('--port <number>', `the port to listen on, 0 for a free one (TRESTLE_PORT, ${defaultAddress.port})`)
    .option('--host <address>', `the address to listen on, 0.0.0.0 for all (TRESTLE_HOST, ${defaultAddress.host})`)
}

/**
 * Where to listen: the option goes before the variable, and the variable before the default.
 *
 * @throws Failure for a port that is none
 */
export function addressOf(command: Command, environment: NodeJS.ProcessEnv): Address {
  const { port, host } = command.opts<{ port?: string; host?: string }>()
  return {
    port: portOf('--port', port) ?? portOf('TRESTLE_PORT', environment.TRESTLE_PORT) ?? defaultAddress.port,
    host: host || environment.TRESTLE_HOST || defaultAddress.host,
  }
}

function portOf(name: string, text: string | undefined): number | undefined {
  // A variable that is set to nothing is how shells and .env files leave it out.
  if (text === undefined || (text === '' && !name.startsWith('-'))) return undefined
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65535) return port
  throw usageError(`${name} is '${text}', which is no port: give a number from 0 (a free one) to 65535`)
}
