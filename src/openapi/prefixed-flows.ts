type Members = Readonly<Record<string, unknown>>

const addresses: ReadonlySet<string> = new Set(['tokenUrl', 'refreshUrl', 'authorizationUrl'])

/**
 * Security schemes as clients have to read them that reach the app below a prefix: the addresses of OAuth flows are not
 * looked for below the server's, as paths are.
 */
export function prefixedFlows(schemes: Readonly<Record<string, Members>>, prefix: string): Record<string, Members> {
  return mapped(schemes, (scheme) => {
    return isMembers(scheme.flows) ? { ...scheme, flows: mapped(scheme.flows, (flow) => moved(flow, prefix)) } : scheme
  })
}

function moved(flow: Members, prefix: string): Members {
  return Object.fromEntries(
    Object.entries(flow).map(([name, value]) => {
      const isPath = addresses.has(name) && typeof value === 'string' && /^\/(?!\/)/.test(value)
      return [name, isPath ? prefix + value : value]
    }),
  )
}

function mapped(all: Members, change: (each: Members) => Members): Record<string, Members> {
  return Object.fromEntries(Object.entries(all).map(([name, each]) => [name, isMembers(each) ? change(each) : {}]))
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}
