import { addressList, isAddressEntry } from '../http/edge/address-list.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import type { SecurityEvent } from '../kernel/security-event.ts'
import { createSecurity, type Security } from '../security/security.ts'
import type { AppSettings } from './app-options.ts'
import type { Mode, RunOptions } from './run-options.ts'

/** Compiles who may call an app. */
export function appSecurity(
  options: AppSettings & RunOptions,
  { clock, log, mode }: { readonly clock: Clock; readonly log: Logger; readonly mode: Mode },
): Security {
  const { title = 'API', folder = process.cwd(), onSecurityEvent } = options
  const data = mode === 'test' ? undefined : options.data
  const report = (event: Omit<SecurityEvent, 'at'>): void => {
    onSecurityEvent?.({ ...event, at: clock.now().toISOString() })
  }
  const environment = process.env
  return createSecurity(options, { clock, log, environment, title, folder, data, isAddressEntry, addressList, report })
}
