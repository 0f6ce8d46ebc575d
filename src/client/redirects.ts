import { discard } from './discard.ts'
import { callOf, RedirectError } from './errors.ts'
import type { Layer, OutgoingRequest } from './layer.ts'
import type { RedirectStep } from './reply.ts'

/** What following redirects is told, and tells. */
export interface RedirectSettings {
  readonly mode: 'follow' | 'manual' | 'error'
  /** Up to how many are followed. */
  readonly max: number
  /** Told of each request before it is sent, with what has led there. */
  readonly onRequest: (request: OutgoingRequest, history: readonly RedirectStep[]) => void
}

const redirecting = [301, 302, 303, 307, 308]
/** Headers by which a caller proves who it is; what layers inside of redirects add, they add for its own origin. */
export const credentialHeaders: readonly string[] = ['authorization', 'cookie', 'proxy-authorization']

/** Follows redirects as the Fetch standard says. */
export function redirectLayer({ mode, max, onRequest }: RedirectSettings): Layer {
  return async (first, next) => {
    const history: RedirectStep[] = []
    for (let request = first; ; ) {
      onRequest(request, [...history])
      const reply = await next(request)
      const location = redirecting.includes(reply.status) ? locationOf(reply) : undefined
      if (location === undefined || mode === 'manual') return reply
      await discard(reply)
      const call = callOf(request)
      if (mode === 'error')
        throw new RedirectError(call, `was redirected to ${location}, and 'redirect' is 'error'`, history)
      if (history.length >= max) {
        throw new RedirectError(
          call,
          `was redirected once more after ${max} redirects: raise 'maxRedirects', or look where they lead`,
          history,
        )
      }
      const url = URL.parse(location, request.url)
      if (url === null || !/^https?:$/.test(url.protocol)) {
        throw new RedirectError(call, `was redirected to '${location}', which is no address of http or https`, history)
      }
      history.push({ status: reply.status, ...call, headers: reply.headers })
      request = redirected(request, reply.status, url, history)
    }
  }
}

/** Where a redirect leads. Headers come byte by byte, and servers write addresses in UTF-8 as they are. */
function locationOf({ headers }: Response): string | undefined {
  return headers.get('location')?.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)
}

function redirected(
  from: OutgoingRequest,
  status: number,
  url: URL,
  history: readonly RedirectStep[],
): OutgoingRequest {
  const headers = new Headers(from.headers)
  const { method } = from
  const becomesGet = status === 303 ? method !== 'GET' && method !== 'HEAD' : status < 303 && method === 'POST'
  if (!becomesGet && from.body?.replayable === false) {
    const call = callOf(from)
    throw new RedirectError(
      call,
      `was redirected with its body (${status}), but a stream can be sent only once: send bytes, or ask ${url.href}`,
      history,
    )
  }
  // What they say, they say of the body.
  if (becomesGet) for (const name of [...headers.keys()]) if (name.startsWith('content-')) headers.delete(name)
  if (url.origin !== from.url.origin) for (const name of credentialHeaders) headers.delete(name)
  // Credentials in an address would go to whom the server has chosen, and `fetch` takes none.
  url.username = ''
  url.password = ''
  if (url.hash === '') url.hash = from.url.hash
  return { ...from, method: becomesGet ? 'GET' : method, url, headers, body: becomesGet ? undefined : from.body }
}
