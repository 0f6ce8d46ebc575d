import type { Exchange } from '../exchange.ts'
import type { Feature } from '../feature.ts'

/** Tells how long a reply took, from the choice of its channel to its headers; browsers show it beside the request. */
export const serverTiming: Feature = {
  gate: ({ channel }, { development }) => ((channel.options.serverTiming ?? development) ? measure : undefined),
  miss: ({ defaults, development }) => ((defaults.serverTiming ?? development) ? measure : undefined),
}

function measure(exchange: Exchange): undefined {
  const began = performance.now()
  exchange.filter((outgoing) => {
    outgoing.headers.push('Server-Timing', `total;dur=${(performance.now() - began).toFixed(1)}`)
    return outgoing
  })
}
