import { randomHex } from '../hex.ts'
import type { Layer, OutgoingRequest } from '../layer.ts'
import { withHeader } from '../with-header.ts'

/** What is passed on with each request, so that what it brings about can be found together. */
export interface TraceContext {
  /** The correlation id. */
  readonly cid?: string | undefined
  /** Where the trace stands, as W3C Trace Context writes it. */
  readonly traceparent?: string | undefined
  /** What tracing systems hand on to themselves. */
  readonly tracestate?: string | undefined
}

/** A call that requests belong to: the call of a Trestle service is one. */
export interface TracedCall {
  /** The correlation id. */
  readonly cid: string
  /** Where the call stands in a trace. */
  readonly trace?: { readonly headers: () => Omit<TraceContext, 'cid'> } | undefined
}

/** Where the client learns what to pass on: a call, or a function that is asked before each request. */
export type TraceSource = TracedCall | (() => TraceContext | undefined)

const traceparent = /^([\da-f]{2}-[\da-f]{32})-[\da-f]{16}-([\da-f]{2})$/

/**
 * Passes on `X-Correlation-ID`, `traceparent` and `tracestate`. Each request, and each attempt, has its own span in the
 * trace. Headers that a request has stay as they are; what could not be a header is left out.
 */
export function traceLayer(source: TraceSource): Layer {
  return (request, next) => {
    const { cid, traceparent: parent = '', tracestate } = contextOf(source)
    const [, trace, flags] = traceparent.exec(parent) ?? []
    const traced = withMissing(request, 'x-correlation-id', cid)
    if (trace === undefined || request.headers.has('traceparent')) return next(traced)
    const spanned = withMissing(traced, 'traceparent', `${trace}-${randomHex(8)}-${flags}`)
    return next(withMissing(spanned, 'tracestate', tracestate))
  }
}

function contextOf(source: TraceSource): TraceContext {
  if (typeof source === 'function') return source() ?? {}
  return { cid: source.cid, ...source.trace?.headers() }
}

function withMissing(request: OutgoingRequest, name: string, value: string | undefined): OutgoingRequest {
  if (value === undefined || !/^[!-~](?:[ -~]*[!-~])?$/.test(value) || request.headers.has(name)) return request
  return withHeader(request, name, value)
}
