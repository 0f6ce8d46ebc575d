import { existsSync, statSync } from 'node:fs'
import { addressList, isAddressEntry } from '../http/edge/address-list.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import type { SecurityEvent } from '../kernel/security-event.ts'
import { StartupError } from '../kernel/startup-error.ts'
import type { SecurityHost } from '../security/host.ts'
import { idempotencyStore } from '../security/idempotency/idempotency-stores.ts'
import type { OpenedStore } from '../security/idempotency/opened-store.ts'
import { createSecurity, type Security } from '../security/security.ts'
import { shapeFaults } from '../security/setting-shapes.ts'
import type { AppSettings } from './app-options.ts'
import type { Mode, RunOptions } from './run-options.ts'

/** Compiles who may call an app. @throws StartupError for settings that are none */
export function appSecurity(
  options: AppSettings & RunOptions,
  { mode, ...lent }: Pick<SecurityHost, 'clock' | 'log' | 'invoke' | 'declareSecret'> & { readonly mode: Mode },
): Security {
  const faults = [...shapeFaults(options), ...folderFaults(options.data)]
  if (faults.length > 0) throw new StartupError(faults)
  const { title = 'API', folder = process.cwd(), onSecurityEvent } = options
  const data = mode === 'test' ? undefined : options.data
  const report = (event: Omit<SecurityEvent, 'at'>): void => {
    onSecurityEvent?.({ ...event, at: lent.clock.now().toISOString() })
  }
  const environment = process.env
  const own = { ...lent, environment, title, folder, data }
  return createSecurity(options, { ...own, isAddressEntry, addressList, report })
}

/** The store for the calls of an app that are done once. */
export function appIdempotency(
  options: AppSettings & RunOptions,
  { clock, log, mode }: { readonly clock: Clock; readonly log: Logger; readonly mode: Mode },
): OpenedStore {
  return idempotencyStore(options, { data: mode === 'test' ? undefined : options.data, clock, log })
}

/** The folder is made with the first file in it; that it cannot be is better known before a call needs it. */
function folderFaults(data: string | undefined): readonly string[] {
  if (data === undefined || !existsSync(data) || statSync(data).isDirectory()) return []
  return [`the data folder ${data} is a file: name a folder, which is made when there is something to keep`]
}
