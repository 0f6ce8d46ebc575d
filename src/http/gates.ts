import type { CallState } from '../kernel/call-state.ts'
import { whenReady } from '../kernel/chain.ts'
import type { Exchange } from './exchange.ts'
import type { Endpoint, Gate, GateContext, MissGate, Passed } from './feature.ts'
import { features } from './features.ts'

/** The gates of a channel as one; none where it uses no feature. */
export function gateOf(endpoint: Endpoint, context: GateContext): Gate | undefined {
  return asOne(features.flatMap(({ gate }) => gate?.(endpoint, context) ?? []))
}

/** The gates in front of a WebSocket handshake as one. */
export function handshakeGateOf(endpoint: Endpoint, context: GateContext): Gate | undefined {
  return asOne(features.flatMap(({ gate, handshakes }) => (handshakes && gate?.(endpoint, context)) || []))
}

function asOne(gates: readonly Gate[]): Gate | undefined {
  if (gates.length < 2) return gates[0]
  return (exchange, call, params) => through(gates, exchange, call, params, 0)
}

/** The gates where no channel answers as one; none where no feature has any. */
export function missGateOf(context: GateContext): MissGate | undefined {
  const gates = features.flatMap(({ miss }) => miss?.(context) ?? [])
  return gates.length === 0 ? undefined : (exchange) => throughMiss(gates, exchange, 0)
}

function through(
  gates: readonly Gate[],
  exchange: Exchange,
  call: CallState,
  params: readonly string[],
  from: number,
): Passed {
  for (let at = from; at < gates.length; at++) {
    const passed = (gates[at] as Gate)(exchange, call, params)
    if (passed === undefined) continue
    return whenReady(passed, (answer) => answer ?? through(gates, exchange, call, params, at + 1))
  }
  return undefined
}

function throughMiss(gates: readonly MissGate[], exchange: Exchange, from: number): Passed {
  for (let at = from; at < gates.length; at++) {
    const passed = (gates[at] as MissGate)(exchange)
    if (passed === undefined) continue
    return whenReady(passed, (answer) => answer ?? throughMiss(gates, exchange, at + 1))
  }
  return undefined
}
