import type { Layer, OutgoingRequest, Send } from '../layer.ts'
import type { ClientTime } from '../time.ts'

/** A way to prove who is calling, as `basic`, `digest`, `bearer`, `apiKey` and `oauth2` make it. */
export interface AuthScheme {
  /** Sends the request with credentials, and once more where the server has to be asked how, or the token is over. */
  readonly authorize: (request: OutgoingRequest, next: Send, time: ClientTime) => Promise<Response>
  /** The only origins that get the credentials; that of the base URL, or else of the first URL, if not given. */
  readonly origins?: readonly string[] | undefined
}

/** Puts credentials into a request by itself: into the headers that it is given, or into a request that it returns. */
export type OwnAuth = (request: OutgoingRequest) => OutgoingRequest | void | Promise<OutgoingRequest | void>

/** What the setting `auth` takes. */
export type Auth = AuthScheme | OwnAuth

/** What ways to prove who is calling have in common. */
export interface AuthOptions {
  /** The only origins that get the credentials; that of the base URL, or else of the first URL, if not given. */
  readonly origins?: readonly string[] | undefined
}

/** Where a call is. */
export interface AuthPlace {
  /** For which origin credentials are meant that name none: that of the base URL, or else of the call's first URL. */
  readonly origin: string
  /** By which tokens are over. */
  readonly time: ClientTime
}

/**
 * Sends credentials with each request to the origins that they are meant for, and with no other: it belongs inside of what
 * follows redirects. What was learned from a server stays in `auth`, so that a layer may be made for each call.
 */
export function authLayer(auth: Auth, { origin, time }: AuthPlace): Layer {
  const { authorize, origins = [origin] } = typeof auth === 'function' ? ownScheme(auth) : auth
  const meant = origins.map((each) => new URL(each).origin)
  return (request, next) => (meant.includes(request.url.origin) ? authorize(request, next, time) : next(request))
}

function ownScheme(own: OwnAuth): AuthScheme {
  return {
    authorize: async (request, next) => {
      // A copy, so that what it puts in is gone when the request is sent again, elsewhere perhaps.
      const copy = { ...request, url: new URL(request.url), headers: new Headers(request.headers) }
      return next((await own(copy)) ?? copy)
    },
  }
}
