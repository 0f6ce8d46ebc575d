import type { Outgoing } from '../exchange.ts'

const locations: ReadonlySet<string> = new Set(['location', 'content-location'])

/** Gives the paths in headers of a mounted app's reply their prefix back, so that clients can follow them. */
export function withPrefixedLinks(outgoing: Outgoing, prefix: string): Outgoing {
  const { headers } = outgoing
  for (let at = 0; at < headers.length; at += 2) {
    const name = (headers[at] as string).toLowerCase()
    const value = headers[at + 1] as string
    if (locations.has(name)) headers[at + 1] = prefixed(value, prefix)
    else if (name === 'link')
      headers[at + 1] = value.replaceAll(/<(\/[^>]*)>/g, (_, path) => `<${prefixed(path, prefix)}>`)
    else if (name === 'set-cookie') headers[at + 1] = value.replace(/(;\s*path=)(\/[^;\s]+)/i, `$1${prefix}$2`)
  }
  return outgoing
}

/** Two slashes in front name a host, and what has none in front is relative already. */
function prefixed(target: string, prefix: string): string {
  return target.startsWith('/') && !target.startsWith('//') ? prefix + target : target
}
