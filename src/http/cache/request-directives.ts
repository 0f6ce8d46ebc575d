import type { Exchange } from '../exchange.ts'
import { readDirectives } from './cache-control.ts'

/** What a client says of kept replies (RFC 9111, 5.2.1). */
export interface RequestDirectives {
  /** Neither take a kept reply nor keep this one. */
  readonly bypass: boolean
  /** Take no kept reply, but keep this one. */
  readonly renew: boolean
  /** Answer with a kept reply or not at all. */
  readonly onlyKept: boolean
  /** The most that a kept reply may have aged, in seconds. */
  readonly maxAge: number
  /** For how long a kept reply must stay fresh from now on, in seconds. */
  readonly minFresh: number
}

const nothing: RequestDirectives = {
  bypass: false,
  renew: false,
  onlyKept: false,
  maxAge: Number.POSITIVE_INFINITY,
  minFresh: 0,
}

/** Reads what a client says of kept replies; a part of a representation is neither kept nor taken from a kept one. */
export function requestDirectives({ headers }: Exchange): RequestDirectives {
  const control = headers['cache-control'] as string | undefined
  const bypass = headers.range !== undefined
  if (control === undefined) {
    const renew = headers.pragma !== undefined && /\bno-cache\b/i.test(String(headers.pragma))
    return bypass || renew ? { ...nothing, bypass, renew } : nothing
  }
  const said = readDirectives(control)
  return {
    bypass: bypass || said.has('no-store'),
    renew: said.has('no-cache'),
    onlyKept: said.has('only-if-cached'),
    maxAge: seconds(said.get('max-age')) ?? nothing.maxAge,
    minFresh: seconds(said.get('min-fresh')) ?? nothing.minFresh,
  }
}

function seconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}
