import { StartupError } from '../kernel/startup-error.ts'
import type { App, Listening } from './app-types.ts'

/** Where to listen; port 0 takes a free one. */
export interface Address {
  readonly port: number
  readonly host: string
}

const sentences: Readonly<Record<string, (address: Address) => string>> = {
  EADDRINUSE: ({ host, port }) =>
    `Port ${port} on ${host} is taken: stop what listens there, or choose another with --port`,
  EACCES: ({ port }) => `Port ${port} is kept for the system's own services: choose another with --port, such as 17010`,
  EADDRNOTAVAIL: ({ host }) => `${host} is no address of this machine: choose one with --host, such as 127.0.0.1`,
  ENOTFOUND: ({ host }) =>
    `There is no host '${host}': choose an address of this machine with --host, such as 127.0.0.1`,
}

/** Serves an app at an address. @throws StartupError when the address cannot be had; the app is closed then */
export async function listen(app: App, address: Address): Promise<Listening> {
  try {
    return await app.listen(address)
  } catch (error) {
    await app.close()
    if (error instanceof StartupError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const sentence = sentences[code ?? '']?.(address)
    throw new StartupError([sentence ?? `Cannot listen on ${address.host}, port ${address.port}: ${message}`])
  }
}
