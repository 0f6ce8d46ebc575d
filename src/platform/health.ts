import { get } from '../http/rest-channel.ts'
import type { CallContext } from '../kernel/call-context.ts'
import type { Awaitable } from '../kernel/chain.ts'
import { type Media, media } from '../kernel/media.ts'
import type { Service } from '../kernel/service.ts'
import { service } from '../kernel/service.ts'
import { type CheckResults, type HealthSettings, healthChecks } from './health-checks.ts'

const headers = { 'Cache-Control': 'no-store' }

/** What a health address tells (draft-inadarei-api-health-check). */
interface Health {
  readonly status: 'pass' | 'fail'
  readonly output?: string
  readonly checks?: CheckResults
}

/**
 * What a load balancer and an orchestrator ask for: `/health/live` answers as long as the process serves; `/health` and
 * `/health/ready` answer 503 from the moment on which it begins to stop, and while one of the app's checks fails.
 */
export function healthServices(
  isStopping: () => boolean,
  settings: HealthSettings['health'],
  development: boolean,
): readonly Service[] {
  const check = healthChecks(settings, development)
  const live = (call: CallContext): Media => told(call, { status: 'pass' })
  const ready = (call: CallContext): Awaitable<Media> => {
    if (isStopping()) return told(call, { status: 'fail', output: 'The server is stopping' })
    return check === undefined ? live(call) : check(call).then((checks) => told(call, summary(checks)))
  }
  const at = (name: string, path: string, handle: (call: CallContext) => Awaitable<Media>): Service =>
    service({ name, on: get(path, { hidden: true, headers, cache: false }), handle })
  return [
    at('trestle.health.live', '/health/live', live),
    at('trestle.health.ready', '/health/ready', ready),
    at('trestle.health', '/health', ready),
  ]
}

function summary(checks: CheckResults): Health {
  const fails = Object.values(checks).some((results) => results.some(({ status }) => status === 'fail'))
  return { status: fails ? 'fail' : 'pass', checks }
}

function told({ http }: CallContext, health: Health): Media {
  if (health.status === 'fail' && http !== undefined) http.status = 503
  return media(JSON.stringify(health), 'application/health+json')
}
