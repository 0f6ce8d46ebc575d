import { joined } from './address.ts'
import { defined } from './defined.ts'
import { laidOver } from './headers.ts'
import { overlaid } from './pairs.ts'
import type { ClientSettings, OneOrMany, TimeoutSettings } from './settings.ts'

/** The settings of a client that extends another one: hooks and layers are added, what else is given replaces. */
export function mergedSettings(below: ClientSettings, above: ClientSettings): ClientSettings {
  const merged: { -readonly [Name in keyof ClientSettings]: ClientSettings[Name] } = {
    ...below,
    ...defined(above),
  }
  for (const name of ['onRequest', 'onReply', 'onRetry', 'onError', 'layers'] as const) {
    const all = [...listOf<unknown>(below[name]), ...listOf<unknown>(above[name])]
    if (all.length > 0) Object.assign(merged, { [name]: all })
  }
  const headers = laidOver(below.headers, above.headers)
  if (headers !== undefined) merged.headers = headers
  merged.timeout = mergedTimeouts(below.timeout, above.timeout)
  merged.params = overlaid(below.params, above.params)
  if (above.baseUrl !== undefined && below.baseUrl !== undefined) {
    merged.baseUrl = joined(new URL(below.baseUrl), String(above.baseUrl))
  }
  return merged
}

/** The timeouts of one laid over those of another, phase by phase. */
export function mergedTimeouts(...given: readonly ClientSettings['timeout'][]): TimeoutSettings {
  const all = given.map((each) => (typeof each === 'object' ? each : { total: each }))
  return Object.assign({}, ...all.map(defined))
}

/** The list, or the one thing as a list. */
export function listOf<T>(given: OneOrMany<T> | undefined): readonly T[] {
  if (given === undefined) return []
  return Array.isArray(given) ? given : [given as T]
}
