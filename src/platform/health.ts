import { get } from '../http/rest-channel.ts'
import { type Media, media } from '../kernel/media.ts'
import { unavailable } from '../kernel/problem.ts'
import type { Service } from '../kernel/service.ts'
import { service } from '../kernel/service.ts'

const headers = { 'Cache-Control': 'no-store' }
const passes = media(JSON.stringify({ status: 'pass' }), 'application/health+json')

/**
 * What a load balancer and an orchestrator ask for: `/health/live` answers as long as the process serves, `/health`
 * and `/health/ready` answer 503 (`unavailable`) from the moment on which it begins to stop.
 */
export function healthServices(isStopping: () => boolean): readonly Service[] {
  const ready = (): Media => (isStopping() ? unavailable('The server is stopping') : passes)
  return [
    service({
      name: 'trestle.health.live',
      on: get('/health/live', { hidden: true, headers }),
      handle: () => passes,
    }),
    service({
      name: 'trestle.health.ready',
      on: get('/health/ready', { hidden: true, headers }),
      handle: ready,
    }),
    service({ name: 'trestle.health', on: get('/health', { hidden: true, headers }), handle: ready }),
  ]
}
