import { edgeFaults } from '../http/edge/edge.ts'
import { idempotencyStoreFaults } from '../security/idempotency/idempotency-stores.ts'
import type { AppSettings } from './app-options.ts'
import { healthFaults } from './health-checks.ts'
import { mountFaults } from './mount.ts'
import { securityTxtFaults } from './security-txt.ts'

/** What is wrong with the settings that only an app has, as whole sentences that say how to mend it. */
export function settingFaults(settings: AppSettings, now: Date): readonly string[] {
  return [
    ...edgeFaults(settings),
    ...mountFaults(settings),
    ...healthFaults(settings),
    ...idempotencyStoreFaults(settings),
    ...securityTxtFaults(settings, now),
  ]
}
