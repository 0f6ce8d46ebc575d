import { callOf } from '../errors.ts'
import type { OutgoingRequest, Send } from '../layer.ts'
import type { ClientTime } from '../time.ts'
import { CircuitOpenError } from './circuit-open-error.ts'
import { type CircuitThreshold, createTally } from './tally.ts'

/** Whether requests go to an origin: all of them, none, or a few to try it out. */
export type CircuitState = 'closed' | 'open' | 'half-open'

/** When an origin that fails is left alone for a while. */
export interface CircuitSettings extends CircuitThreshold {
  /** How long no request is sent, in milliseconds; 30,000 if not given. */
  readonly open?: number | undefined
  /** How many requests then try it out, and must succeed before all others are sent again; 1 if not given. */
  readonly probes?: number | undefined
  /** Which replies are failures: those with 500 and above if not given. An error is one, unless the caller gave up. */
  readonly isFailure?: ((reply: Response) => boolean) | undefined
  /** Told when it changes for an origin. */
  readonly onChange?: ((origin: string, state: CircuitState) => void) | undefined
}

/** What keeps requests from origins that fail, as `circuit` makes it; clients may share one. */
export interface Circuit {
  /** Sends the request, unless its origin is left alone. */
  readonly guard: (request: OutgoingRequest, next: Send, time: ClientTime) => Promise<Response>
}

/** What is counted for one origin: says how a request ended that was let through. */
type Gate = (request: OutgoingRequest) => (failed: boolean | undefined) => void

/**
 * Leaves an origin alone that keeps failing: while it does, requests to it fail at once. Each attempt of a call counts.
 *
 * ```ts
 * const fetch = () => new Response(null, { status: 503 })
 * const api = client('https://api.example.com', { circuit: circuit({ failures: 1 }), fetch })
 * const first = await api.get('/')
 * first.status // => 503
 * await api.get('/').catch((error) => error instanceof CircuitOpenError) // => true
 * ```
 */
export function circuit(settings: CircuitSettings = {}): Circuit {
  const { isFailure = ({ status }) => status >= 500 } = settings
  const gates = new Map<string, Gate>()
  const guard: Circuit['guard'] = async (request, next, time) => {
    const { origin } = request.url
    const gate = gates.get(origin) ?? createGate(origin, settings, time)
    gates.set(origin, gate)
    const settle = gate(request)
    try {
      const reply = await next(request)
      settle(isFailure(reply))
      return reply
    } catch (error) {
      // One who gave up says nothing about the server; one whose time was up does.
      const gaveUp = request.signal.aborted && nameOf(request.signal.reason) !== 'TimeoutError'
      settle(gaveUp ? undefined : true)
      throw error
    }
  }
  return { guard }
}

function createGate(origin: string, settings: CircuitSettings, time: ClientTime): Gate {
  const { open: pause = 30_000, probes = 1, onChange } = settings
  let state: CircuitState = 'closed'
  let tally = createTally(settings, time)
  let opensUntil = 0
  let running = 0
  let succeeded = 0
  // What was sent before a change says nothing about the time after it.
  let era = 0

  function change(to: CircuitState): void {
    era++
    state = to
    running = 0
    succeeded = 0
    if (to === 'open') opensUntil = time.now() + pause
    if (to === 'closed') tally = createTally(settings, time)
    onChange?.(origin, to)
  }

  return (request) => {
    if (state === 'open' && time.now() >= opensUntil) change('half-open')
    if (state === 'open' || (state === 'half-open' && running + succeeded >= probes)) {
      throw new CircuitOpenError(callOf(request), origin, new Date(Math.max(opensUntil, time.now())))
    }
    running++
    const sentIn = era
    return (failed) => {
      if (sentIn !== era) return
      running--
      if (failed === undefined) return
      if (state === 'closed') return tally(failed) ? change('open') : undefined
      if (failed) return change('open')
      if (++succeeded >= probes) change('closed')
    }
  }
}

function nameOf(reason: unknown): string | undefined {
  return reason instanceof Error ? reason.name : undefined
}
