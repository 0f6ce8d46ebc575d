import type { Exchange } from '../exchange.ts'
import type { Feature, RestApp } from '../feature.ts'
import type { RestChannel } from '../rest-channel.ts'

/** Something that was done, from when on, in milliseconds; it ends where the next begins. */
interface Span {
  readonly name: string
  readonly began: number
}

const spans = new WeakMap<Exchange, Span[]>()

/**
 * Tells how long a reply took, from the choice of its channel to its headers, and which part of that went where; browsers
 * show it beside the request.
 */
export const serverTiming: Feature = {
  handshakes: true,
  gate: ({ channel }, context) => (isTimed(channel, context) ? measure : undefined),
  miss: ({ defaults, development }) => ((defaults.serverTiming ?? development) ? measure : undefined),
}

/** Has the time that a step takes be told under a name, on channels that tell it. */
export function spanned<Rest extends readonly unknown[], Result>(
  name: string,
  step: (exchange: Exchange, ...rest: Rest) => Result,
  channel: RestChannel,
  app: Pick<RestApp, 'development'>,
): typeof step {
  if (!isTimed(channel, app)) return step
  return (exchange, ...rest) => {
    spans.get(exchange)?.push({ name, began: performance.now() })
    return step(exchange, ...rest)
  }
}

function isTimed({ options }: RestChannel, { development }: Pick<RestApp, 'development'>): boolean {
  return options.serverTiming ?? development
}

function measure(exchange: Exchange): undefined {
  const began = performance.now()
  const own: Span[] = []
  spans.set(exchange, own)
  exchange.filter((outgoing) => {
    const ended = performance.now()
    const lines = own.map((span, at) => metric(span.name, (own[at + 1]?.began ?? ended) - span.began))
    outgoing.headers.push('Server-Timing', [metric('total', ended - began), ...lines].join(', '))
    return outgoing
  })
}

function metric(name: string, milliseconds: number): string {
  return `${name};dur=${milliseconds.toFixed(1)}`
}
