import { addressOf } from './address.ts'
import { type Auth, authLayer } from './auth/auth.ts'
import { credentialsIn } from './auth/basic.ts'
import { bodyOf } from './body.ts'
import { keepsCookiesToItself } from './browser.ts'
import { cookieLayer } from './cookies/cookie-layer.ts'
import type { CookieJar } from './cookies/jar.ts'
import { cookiePair } from './cookies/set-cookie.ts'
import { defined } from './defined.ts'
import { discard } from './discard.ts'
import { callOf, TimeoutError } from './errors.ts'
import { laidOver, mergedHeaders } from './headers.ts'
import { type Layer, layered, type OutgoingRequest } from './layer.ts'
import { makeReply } from './make-reply.ts'
import { listOf, mergedTimeouts } from './merged-settings.ts'
import { credentialHeaders, redirectLayer } from './redirects.ts'
import type { RedirectStep, Reply } from './reply.ts'
import type { Wanted } from './reply-promise.ts'
import { type Retry, retryLayer } from './retry/retry.ts'
import type { ClientSettings, RequestOptions, Transport } from './settings.ts'
import type { ClientTime } from './time.ts'
import { createBudget, timeoutLayer } from './timeouts.ts'
import { traceLayer } from './trace/trace.ts'
import { transportOf } from './transport.ts'
import { until } from './until.ts'

/** What a client keeps between its calls. */
export interface Session {
  readonly settings: ClientSettings
  readonly base: URL | undefined
  readonly auth: Auth | false | undefined
  readonly jar: CookieJar | undefined
  readonly time: ClientTime
  readonly fetch: Transport
}

/** One call of a session. */
export interface Asked {
  readonly method: string
  readonly path: string | URL
  readonly options: RequestOptions
  /** What the options were given for, where this address is one that a server has named: credentials stay there. */
  readonly home?: URL
  readonly wanted: Wanted
}

/** Makes one call of a session: prepares the request, sends it through all layers, and gives the reply. */
export async function makeCall<T>(session: Session, asked: Asked): Promise<Reply<T>> {
  const { settings } = session
  const told = async (error: unknown): Promise<unknown> => {
    let thrown = error
    for (const hook of listOf(settings.onError)) thrown = (await hook(thrown)) ?? thrown
    return thrown
  }
  let reply: Reply<T>
  try {
    // By then it is known whether the promise is read at once, and as what.
    await undefined
    reply = await replyOf<T>(session, asked, told)
    for (const hook of listOf(settings.onReply)) await hook(reply)
  } catch (error) {
    throw await told(error)
  }
  return (asked.options.raiseForStatus ?? settings.raiseForStatus) ? reply.raiseForStatus() : reply
}

async function replyOf<T>(
  session: Session,
  asked: Asked,
  told: (error: unknown) => Promise<unknown>,
): Promise<Reply<T>> {
  const { settings, time } = session
  const { circuit } = settings
  const { options } = asked
  const merged = { ...settings, ...defined(options) }
  const timeout = mergedTimeouts(settings.timeout, options.timeout)
  const controller = new AbortController()
  const giveUp = (error: unknown): void => controller.abort(error)
  const signal = options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal])
  const { request: prepared, auth } = prepare(session, asked, signal)
  let request = prepared
  let history: readonly RedirectStep[] = []

  const { retry } = merged
  const onRetry = (each: Retry): void => {
    for (const hook of listOf(settings.onRetry)) hook(each)
  }
  const { total = 30_000 } = timeout
  const budget = createBudget(total, time, () => giveUp(new TimeoutError(callOf(request), 'total', Number(total))))
  const layers: readonly (Layer | undefined | false)[] = [
    ...(settings.layers ?? []),
    !!retry &&
      retryLayer(typeof retry === 'object' ? retry : { limit: retry === true ? undefined : retry }, { time, onRetry }),
    timeout.attempt !== undefined && timeoutLayer('attempt', timeout.attempt, time),
    redirectLayer({
      mode: merged.redirect ?? 'follow',
      max: merged.maxRedirects ?? 20,
      onRequest: (each, before) => {
        request = each
        history = before
      },
    }),
    merged.trace && traceLayer(merged.trace),
    session.jar && cookieLayer(session.jar),
    auth,
    circuit && ((each, next) => circuit.guard(each, next, time)),
    timeout.headers !== undefined && timeoutLayer('headers', timeout.headers, time),
  ]
  const send = layered(
    layers.filter((each) => !!each),
    transportOf(session.fetch, merged),
  )

  const start = time.now()
  const sent = async (): Promise<Response> => {
    for (const hook of listOf(settings.onRequest)) request = (await hook(request)) ?? request
    return send(request)
  }
  const response = await budget(() => until(sent(), signal, discard))
  const { maxBytes, envelope = 'none', onDownload } = merged
  return makeReply<T>(response, {
    call: callOf(request),
    history,
    elapsed: time.now() - start,
    budget,
    envelope,
    signal,
    time,
    giveUp,
    idle: timeout.idle,
    maxBytes,
    onDownload,
    told,
    caller: options.signal,
    again: (headers) => {
      if (prepared.body?.replayable === false)
        throw new TypeError("'reopen: true' cannot send a stream again: give a function")
      return makeCall({ ...session, settings: { ...settings, headers: laidOver(settings.headers, headers) } }, asked)
    },
  })
}

/** The request, and who is said to be calling: what the call says of it is meant for its address, all else for the base. */
function prepare(
  { settings, base, time, auth: shared }: Session,
  { method, path, options, home: given, wanted: { accept } }: Asked,
  signal: AbortSignal,
): { readonly request: OutgoingRequest; readonly auth: Layer | undefined } {
  const url = addressOf(base, path, settings.params, options.params)
  const own = options.auth ?? credentialsIn(url)
  const { origin: home } = given ?? url
  const { origin } = base ?? { origin: home }
  const auth = own ?? shared

  const headers = mergedHeaders([settings.headers, options.headers])
  const mine = mergedHeaders([options.headers])
  for (const name of credentialHeaders) if (url.origin !== (mine.has(name) ? home : origin)) headers.delete(name)
  const cookies = Object.entries(options.cookies ?? {}).map(([name, value]) => cookiePair(name, value))
  if (cookies.length > 0 && url.origin === home && !keepsCookiesToItself()) headers.set('cookie', cookies.join('; '))

  const { body, type } = bodyOf(options) ?? {}
  const verb = method.toUpperCase()
  if (body !== undefined && (verb === 'GET' || verb === 'HEAD')) {
    throw new TypeError(`${verb} ${url.href} has a body, which fetch does not send: use params, or client.query()`)
  }
  if (type !== undefined && !headers.has('content-type')) headers.set('content-type', type)
  if (accept !== undefined && !headers.has('accept')) headers.set('accept', accept)
  return {
    request: { method: verb, url, headers, body, signal },
    auth: auth ? authLayer(auth, { origin: own === undefined ? origin : home, time }) : undefined,
  }
}
