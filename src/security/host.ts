import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import type { SecurityEvent } from '../kernel/security-event.ts'

/** What the app lends to its security. */
export interface SecurityHost {
  readonly clock: Clock
  readonly log: Logger
  readonly environment: Readonly<Record<string, string | undefined>>
  /** What the app is called, for realms. */
  readonly title: string
  /** The folder of the app, to which file names are relative. */
  readonly folder: string
  /** The folder for what has to outlast the process; nothing where all is kept in memory. */
  readonly data: string | undefined
  /** Whether an entry of a list of addresses can be read. */
  readonly isAddressEntry: (entry: string) => boolean
  /** Compiles a list of addresses. */
  readonly addressList: (entries: readonly string[]) => (address: string) => boolean
  /** Calls a service of the app, without any channel. */
  readonly invoke: (service: string, input: unknown) => Promise<unknown>
  /** Keeps a text out of logs and error replies. */
  readonly declareSecret: (text: string) => void
  /** Tells of what has happened. */
  readonly report: (event: Omit<SecurityEvent, 'at'>) => void
}
