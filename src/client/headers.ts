import { entriesOf } from './pairs.ts'
import type { HeaderSettings } from './settings.ts'
import { setHeader } from './with-header.ts'

/** The headers laid over each other, the last on top; `null` takes one away. */
export function mergedHeaders(layers: readonly (HeaderSettings | undefined)[]): Headers {
  const merged = new Headers()
  for (const layer of layers) {
    const fresh = new Set<string>()
    for (const [name, value] of entriesOf<string | number | null | undefined>(layer ?? {})) {
      if (value === undefined) continue
      if (value === null) merged.delete(name)
      else setHeader(merged, name, String(value), fresh.has(name.toLowerCase()) ? 'append' : 'set')
      fresh.add(name.toLowerCase())
    }
  }
  return merged
}

/** The headers of a client laid under those of another one. */
export function laidOver(
  below: HeaderSettings | undefined,
  above: HeaderSettings | undefined,
): HeaderSettings | undefined {
  return below === undefined || above === undefined ? (above ?? below) : [...mergedHeaders([below, above])]
}
