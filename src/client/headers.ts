import type { HeaderSettings } from './settings.ts'

/** The headers laid over each other, the last on top; `null` takes one away. */
export function mergedHeaders(layers: readonly (HeaderSettings | undefined)[]): Headers {
  const merged = new Headers()
  for (const layer of layers) {
    const fresh = new Set<string>()
    for (const [name, value] of entriesOf(layer)) {
      if (value === undefined) continue
      if (value === null) merged.delete(name)
      else if (fresh.has(name.toLowerCase())) merged.append(name, String(value))
      else merged.set(name, String(value))
      fresh.add(name.toLowerCase())
    }
  }
  return merged
}

/** The headers of a client laid under those of another one; `null` stays, for what the calls say. */
export function laidOver(
  below: HeaderSettings | undefined,
  above: HeaderSettings | undefined,
): HeaderSettings | undefined {
  return below === undefined || above === undefined ? (above ?? below) : [...mergedHeaders([below, above])]
}

function entriesOf(headers: HeaderSettings = {}): Iterable<readonly [string, string | number | null | undefined]> {
  return Symbol.iterator in headers ? headers : Object.entries(headers)
}
