import { Media } from '../../kernel/media.ts'
import { problem } from '../../kernel/problem.ts'

/** Statuses that send a client elsewhere (RFC 9110, 15.4). */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308

/** How a client is sent elsewhere. */
export interface RedirectOptions {
  /**
   * 303, if it is not given: the client goes on with GET, whatever it sent. 307 and 308 have it send the same request
   * again, once or from now on; 301 and 302 are for old clients, which turn POST into GET.
   */
  readonly status?: RedirectStatus
  /**
   * Guards an address that a client has given: other hosts are the problem `bad_request`, but for these origins, such as
   * `https://app.example.com`. An empty list allows this host alone.
   */
  readonly allow?: readonly string[]
  /** Headers of the reply. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Sends the client to another address, absolute or relative to that of the request; for a service to return.
 *
 * ```ts
 * const old = service({ name: 'old', on: get('/old'), handle: () => redirect('/new', { status: 308 }) })
 * await using app = createApp({ services: [old] })
 * const reply = await app.fetch(new Request('http://localhost/old'))
 * reply.status // => 308
 * reply.headers.get('location') // => '/new'
 * redirect('//elsewhere.example', { allow: [] }) // throws bad_request
 * ```
 *
 * @throws TypeError for what is no address to go to on the web, such as `javascript:…`
 * @throws Problem `bad_request` for an address that `allow` does not cover
 */
export function redirect(to: string | URL, { status = 303, allow, headers }: RedirectOptions = {}): Media {
  const address = String(to)
  const origins = originsOf(address)
  if (allow !== undefined && !(origins?.every((each) => each === here || allow.includes(each)) ?? false)) {
    throw problem('bad_request', 'The address to go to is not one of those that are allowed')
  }
  if (origins === undefined) throw new TypeError(`no client can be sent to ${JSON.stringify(address)}`)
  return new Media(undefined, undefined, { status, headers: { ...headers, Location: ascii(address) } })
}

const here = ''
const bases = ['http://relative.invalid', 'https://relative.invalid']

/** What browsers drop from an address, or read as a slash: what remains could be another address. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const treacherous = /[\x00-\x20\x7f\\]/

/**
 * The origins that the address means, on a page of either scheme, which `http:path` for example tells apart; `''` for
 * that of the page. Undefined when it is no address on the web.
 */
function originsOf(address: string): readonly string[] | undefined {
  if (treacherous.test(address) || !address.isWellFormed()) return undefined
  const origins = bases.map((base) => {
    const url = URL.parse(address, base)
    if (url === null || !/^https?:$/.test(url.protocol)) return undefined
    return url.origin === base ? here : url.origin
  })
  return origins.every((each) => each !== undefined) ? origins : undefined
}

/** The address with what is beyond ASCII percent-encoded, as a header must be (RFC 3987, 3.1). */
function ascii(address: string): string {
  return address.replace(/[^\x21-\x7e]+/gu, encodeURIComponent)
}
