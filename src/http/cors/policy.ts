import type { Exchange, Outgoing } from '../exchange.ts'
import { addHeaders } from '../reply/reply-header.ts'
import { addVary } from '../reply/vary.ts'
import { type CorsOptions, type CorsSettings, exposedHeaders } from './settings.ts'

/** A setting, compiled. */
export interface CorsPolicy {
  /** Adds to a reply what a page of the origin may do with it; the origin is undefined where none was sent. */
  readonly share: (outgoing: Outgoing, origin: string | undefined) => Outgoing
  /** The headers of the answer to a preflight: names and values in turn. */
  readonly permit: (preflight: Preflight) => string[]
}

/** What a browser asks before it sends a request. */
export interface Preflight {
  readonly origin: string
  /** The headers that it wants to send, as a list with commas. */
  readonly headers: string | undefined
  readonly privateNetwork: boolean
  /** The methods that the path answers. */
  readonly answered: readonly string[]
}

/** Compiles a setting; nothing where other origins may not call. */
export function corsPolicy(cors: CorsSettings['cors']): CorsPolicy | undefined {
  if (cors === undefined || cors === false) return undefined
  const options: CorsOptions = cors === true ? { origins: '*' } : cors
  const { origins, credentials = false, methods, headers, expose = exposedHeaders, maxAge = 600 } = options
  const allows = originMatcher(origins)
  const any = origins === '*'
  const withCredentials = credentials ? ['Access-Control-Allow-Credentials', 'true'] : []
  const exposing = expose.length > 0 ? ['Access-Control-Expose-Headers', expose.join(', ')] : []
  const allowed = (origin: string): string[] => ['Access-Control-Allow-Origin', any ? '*' : origin, ...withCredentials]

  return {
    share: (outgoing, origin) => {
      if (!any) addVary(outgoing.headers, 'Origin')
      if (origin !== undefined && allows(origin)) addHeaders(outgoing.headers, [...allowed(origin), ...exposing])
      return outgoing
    },
    permit: ({ origin, headers: wanted, privateNetwork, answered }) => {
      const vary = ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers']
      const refused = ['Vary', vary.join(', ')]
      if (!allows(origin)) return refused
      const sendable = headers?.join(', ') ?? wanted
      return [
        ...refused,
        ...allowed(origin),
        ...['Access-Control-Allow-Methods', (methods ?? answered).join(', ')],
        ...(sendable !== undefined && isHeaderList(sendable) ? ['Access-Control-Allow-Headers', sendable] : []),
        ...(privateNetwork && options.privateNetwork === true ? ['Access-Control-Allow-Private-Network', 'true'] : []),
        ...['Access-Control-Max-Age', String(maxAge)],
      ]
    },
  }
}

/** Marks the reply to an exchange for the pages that may read it, where there is a policy. */
export function shareWith(exchange: Exchange, policy: CorsPolicy | undefined): void {
  const { origin } = exchange.headers
  if (policy !== undefined) exchange.filter((outgoing) => policy.share(outgoing, textOf(origin)))
}

/** A header that comes once. */
export function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Compiles a list of origins, or what stands for one. */
export function originMatcher(origins: CorsOptions['origins']): (origin: string) => boolean {
  if (origins === '*') return () => true
  if (typeof origins === 'function') return (origin) => origins(origin)
  const texts = new Set(origins.filter((each) => typeof each === 'string'))
  const patterns = origins.filter((each) => typeof each !== 'string').map(whole)
  return (origin) => texts.has(origin) || patterns.some((pattern) => pattern.test(origin))
}

/** A pattern that is not anchored would let `https://app.example.com.evil.test` in. */
function whole({ source, flags }: RegExp): RegExp {
  return new RegExp(`^(?:${source})$`, flags.replace(/[gy]/g, ''))
}

function isHeaderList(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*,[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+)*$/.test(text)
}
