import type { Layer } from '../layer.ts'
import type { ClientTime } from '../time.ts'
import { CircuitOpenError } from './circuit-open-error.ts'
import { type CircuitThreshold, createTally } from './tally.ts'

/** Whether requests go to an origin: all of them, none, or a few to try it out. */
export type CircuitState = 'closed' | 'open' | 'half-open'

/** When an origin that fails is left alone for a while. */
export interface CircuitSettings extends CircuitThreshold {
  /** How long no request is sent, in milliseconds; 30,000 if not given. */
  readonly open?: number
  /** How many requests then try it out, and must succeed before all others are sent again; 1 if not given. */
  readonly probes?: number
  /** Which replies are failures: those with 500 and above if not given. An error is one, unless the caller gave up. */
  readonly isFailure?: (reply: Response) => boolean
  /** Told when it changes for an origin. */
  readonly onChange?: (origin: string, state: CircuitState) => void
}

interface Circuit {
  readonly take: () => (failed: boolean | undefined) => void
}

/**
 * Leaves an origin alone that keeps failing: while it does, requests to it fail at once. Made once for a client, inside of
 * retries, so that each attempt counts.
 */
export function circuitLayer(settings: CircuitSettings, { time }: { readonly time: ClientTime }): Layer {
  const { isFailure = ({ status }) => status >= 500 } = settings
  const circuits = new Map<string, Circuit>()
  return async (request, next) => {
    const { origin } = request.url
    const circuit = circuits.get(origin) ?? createCircuit(origin, settings, time)
    circuits.set(origin, circuit)
    const settle = circuit.take()
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
}

function createCircuit(origin: string, settings: CircuitSettings, time: ClientTime): Circuit {
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

  return {
    take: () => {
      if (state === 'open' && time.now() >= opensUntil) change('half-open')
      if (state === 'open' || (state === 'half-open' && running + succeeded >= probes)) {
        throw new CircuitOpenError(origin, new Date(Math.max(opensUntil, time.now())))
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
    },
  }
}

function nameOf(reason: unknown): string | undefined {
  return reason instanceof Error ? reason.name : undefined
}
