import { addressOf } from './address.ts'
import { authLayer } from './auth/auth.ts'
import { basic } from './auth/basic.ts'
import { bodyOf } from './body.ts'
import { keepsCookiesToItself } from './browser.ts'
import { cookieLayer } from './cookies/cookie-layer.ts'
import type { CookieJar } from './cookies/jar.ts'
import { callOf, TimeoutError } from './errors.ts'
import { mergedHeaders } from './headers.ts'
import { type Layer, layered, type OutgoingRequest } from './layer.ts'
import { makeReply } from './make-reply.ts'
import { listOf } from './merged-settings.ts'
import { redirectLayer } from './redirects.ts'
import type { RedirectStep, Reply } from './reply.ts'
import { type RetrySettings, retryLayer } from './retry/retry.ts'
import type { ClientSettings, RequestOptions, TimeoutSettings, Transport } from './settings.ts'
import type { ClientTime } from './time.ts'
import { createBudget, timeoutLayer } from './timeouts.ts'
import { traceLayer } from './trace/trace.ts'
import { transportOf } from './transport.ts'

/** What a client keeps between its calls. */
export interface Session {
  readonly settings: ClientSettings
  readonly base: URL | undefined
  readonly jar: CookieJar | undefined
  readonly circuit: Layer | undefined
  readonly time: ClientTime
  readonly fetch: Transport
}

/** Makes one call of a session: prepares the request, sends it through all layers, and gives the reply. */
export async function makeCall<T>(
  session: Session,
  method: string,
  path: string | URL,
  options: RequestOptions,
): Promise<Reply<T>> {
  const { settings } = session
  try {
    const reply = await replyOf<T>(session, method, path, options)
    for (const hook of listOf(settings.onReply)) await hook(reply)
    return (options.raiseForStatus ?? settings.raiseForStatus) ? await reply.raiseForStatus() : reply
  } catch (error) {
    let thrown: unknown = error
    for (const hook of listOf(settings.onError)) thrown = (await hook(thrown)) ?? thrown
    throw thrown
  }
}

async function replyOf<T>(
  session: Session,
  method: string,
  path: string | URL,
  options: RequestOptions,
): Promise<Reply<T>> {
  const { settings, time } = session
  const merged = { ...settings, ...options }
  const timeout = timeoutOf(settings.timeout, options.timeout)
  const controller = new AbortController()
  const giveUp = (error: unknown): void => controller.abort(error)
  const signal = options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal])
  const { request: prepared, user } = prepare(session, method, path, options, signal)
  let request = prepared
  let history: readonly RedirectStep[] = []

  const total = timeout.total ?? 30_000
  const budget = createBudget(total, time, () => giveUp(new TimeoutError(callOf(request), 'total', Number(total))))
  const redirects = redirectLayer({
    mode: merged.redirect ?? 'follow',
    max: merged.maxRedirects ?? 20,
    onRequest: (each, before) => {
      request = each
      history = before
    },
  })
  // Credentials that are given with the call, or in its address, are meant for that address.
  const own = options.auth ?? user
  const auth = own ?? settings.auth
  const { origin } = own === undefined ? (session.base ?? request.url) : request.url
  const layers: readonly (Layer | undefined | false)[] = [
    ...(settings.layers ?? []),
    !!merged.retry && retryLayer(retryOf(merged), { time }),
    timeout.attempt !== undefined && timeoutLayer('attempt', timeout.attempt, time),
    redirects,
    merged.trace && traceLayer(merged.trace),
    session.jar && cookieLayer(session.jar),
    !!auth && authLayer(auth, { origin, time }),
    session.circuit,
    timeout.headers !== undefined && timeoutLayer('headers', timeout.headers, time),
  ]
  const send = layered(
    layers.filter((each) => each !== undefined && each !== false),
    transportOf(session.fetch, merged),
  )

  const start = time.now()
  const response = await budget(async () => {
    for (const hook of listOf(settings.onRequest)) request = (await hook(request)) ?? request
    return send(request)
  })
  const { maxBytes, envelope = 'none' } = merged
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
    onDownload: options.onDownload,
  })
}

function prepare(
  { settings, base }: Session,
  method: string,
  path: string | URL,
  options: RequestOptions,
  signal: AbortSignal,
): { readonly request: OutgoingRequest; readonly user: ReturnType<typeof basic> | undefined } {
  const url = addressOf(base, path, settings.params, options.params)
  const { username, password } = url
  // `fetch` takes no address with credentials.
  url.username = ''
  url.password = ''
  const user = username === '' ? undefined : basic(decodeURIComponent(username), decodeURIComponent(password))

  const headers = mergedHeaders([settings.headers, options.headers])
  const { body, type } = bodyOf(options) ?? {}
  const verb = method.toUpperCase()
  if (body !== undefined && (verb === 'GET' || verb === 'HEAD')) {
    throw new TypeError(`${verb} ${url.href} has a body, which fetch does not send: use params, or client.query()`)
  }
  if (type !== undefined && !headers.has('content-type')) headers.set('content-type', type)
  const cookies = Object.entries(options.cookies ?? {}).map(([name, value]) => `${name}=${value}`)
  if (cookies.length > 0 && !keepsCookiesToItself()) headers.set('cookie', cookies.join('; '))
  return { request: { method: verb, url, headers, body, signal }, user }
}

function timeoutOf(...given: readonly ClientSettings['timeout'][]): TimeoutSettings {
  const all = given.map((each) => (typeof each === 'object' ? each : each !== undefined && { total: each }))
  return Object.assign({}, ...all.filter((each) => each !== false))
}

function retryOf({ retry, onRetry }: ClientSettings): RetrySettings {
  const settings = typeof retry === 'object' ? retry : typeof retry === 'number' ? { limit: retry } : {}
  const told = [...listOf(settings.onRetry), ...listOf(onRetry)]
  return {
    ...settings,
    onRetry: (each) => {
      for (const hook of told) hook(each)
    },
  }
}
