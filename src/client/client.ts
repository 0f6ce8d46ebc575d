import { addressOf } from './address.ts'
import { credentialsIn } from './auth/basic.ts'
import { keepsCookiesToItself } from './browser.ts'
import { type Asked, makeCall, type Session } from './call.ts'
import { type CookieJar, cookieJar } from './cookies/jar.ts'
import { cookiePair } from './cookies/set-cookie.ts'
import { mergedSettings } from './merged-settings.ts'
import type { Page } from './pages/next.ts'
import { eachItem, eachPage, type PagesOptions } from './pages/pages.ts'
import type { ReplyPromise } from './reply.ts'
import { replyPromise, type Wanted } from './reply-promise.ts'
import type { ClientSettings, RequestOptions } from './settings.ts'
import { machineTime } from './time.ts'

/** Calls by one method. */
export type Call = <T = unknown>(path: string | URL, options?: RequestOptions) => ReplyPromise<T>

/** What a list in pages is asked for by. */
export type ListOptions<T> = RequestOptions & PagesOptions<T>

/** Calls HTTP servers: a session with a base URL, headers, cookies and all other settings. */
export interface Client {
  /** Calls by GET. */
  readonly get: Call
  /** Calls by HEAD. */
  readonly head: Call
  /** Calls by OPTIONS. */
  readonly options: Call
  /** Calls by POST. */
  readonly post: Call
  /** Calls by PUT. */
  readonly put: Call
  /** Calls by PATCH. */
  readonly patch: Call
  /** Calls by DELETE. */
  readonly delete: Call
  /** Calls by QUERY, which reads like GET, with a body. */
  readonly query: Call
  /** Calls by any method. */
  readonly request: <T = unknown>(method: string, path: string | URL, options?: RequestOptions) => ReplyPromise<T>
  /** The pages of a list, each asked for when it is wanted. */
  readonly pages: <T = unknown>(path: string | URL, options?: ListOptions<T>) => AsyncIterableIterator<Page<T>>
  /** The items of a list in pages, each page asked for when its first item is wanted. */
  readonly items: <T = unknown>(path: string | URL, options?: ListOptions<T>) => AsyncIterableIterator<T>
  /** A client with these settings laid over those of this one; they share cookies, unless `cookies` is given. */
  readonly extend: (settings: ClientSettings) => Client
  /** The cookies; undefined in browsers, which keep them to themselves, and with `cookies: false`. */
  readonly cookies: CookieJar | undefined
  /** The address that a call of this path asks. */
  readonly url: (path: string | URL, options?: Pick<RequestOptions, 'params'>) => URL
}

/**
 * A client for HTTP servers. A reply is given whatever its status is; asked for the data, its promise raises an `HttpError`
 * for statuses of 400 and above.
 *
 * @throws TypeError for a base URL that is no address of http or https
 *
 * ```ts
 * const server = mock({ 'GET /todos/{id}': (_, { id }) => ({ id: Number(id), title: 'Buy milk' }) })
 * const todos = client('https://todos.example', { fetch: server })
 *
 * await todos.get('/todos/{id}', { params: { id: 1 } }).json() // => { id: 1, title: 'Buy milk' }
 * ```
 */
export function client(baseUrl?: string | URL, settings: ClientSettings = {}): Client {
  return createClient(sessionOf(baseUrl === undefined ? settings : { ...settings, baseUrl }))
}

function createClient(session: Session): Client {
  const { settings, base } = session
  const ask = <T>(by: Session, asked: Omit<Asked, 'wanted'>): ReplyPromise<T> => {
    const wanted: Wanted = {}
    return replyPromise(makeCall<T>(by, { ...asked, wanted }), wanted)
  }
  const request: Client['request'] = (method, path, options = {}) => ask(session, { method, path, options })
  const by =
    (method: string): Call =>
    (path, options) =>
      request(method, path, options)
  const url: Client['url'] = (path, options) => addressOf(base, path, settings.params, options?.params)
  const listed = <T>(path: string | URL, options: ListOptions<T>): [URL, (to: URL) => ReplyPromise, ListOptions<T>] => {
    const home = url(path, options)
    const auth = options.auth ?? credentialsIn(home)
    // The address of a page has its parameters already.
    const plain = { ...session, settings: { ...settings, params: undefined } }
    const asked = { ...options, params: undefined, auth, raiseForStatus: true }
    return [home, (to) => ask(plain, { method: 'GET', path: to, options: asked, home }), options]
  }

  return {
    get: by('GET'),
    head: by('HEAD'),
    options: by('OPTIONS'),
    post: by('POST'),
    put: by('PUT'),
    patch: by('PATCH'),
    delete: by('DELETE'),
    query: by('QUERY'),
    request,
    pages: (path, options = {}) => eachPage(...listed(path, options)),
    items: (path, options = {}) => eachItem(...listed(path, options)),
    extend: (more) => createClient(sessionOf(mergedSettings(settings, more), session, more)),
    cookies: session.jar,
    url,
  }
}

function sessionOf(settings: ClientSettings, from?: Session, changed: ClientSettings = settings): Session {
  const { baseUrl, time = machineTime, fetch = (request) => globalThis.fetch(request) } = settings
  const base = baseUrl === undefined ? undefined : addressOf(undefined, baseUrl, undefined, undefined)
  const user = base && credentialsIn(base)
  return {
    settings,
    auth: settings.auth ?? user,
    base,
    time,
    fetch,
    jar: from !== undefined && changed.cookies === undefined ? from.jar : jarOf(settings, base),
  }
}

function jarOf({ cookies = true, time = machineTime }: ClientSettings, base: URL | undefined): CookieJar | undefined {
  if (cookies === false || keepsCookiesToItself()) return undefined
  if (typeof cookies === 'object' && isJar(cookies)) return cookies
  const jar = cookieJar({ time })
  for (const [name, value] of Object.entries(cookies === true ? {} : cookies)) {
    if (base === undefined) throw new TypeError('Cookies by name need a base URL, which says who gets them')
    jar.set(base, `${cookiePair(name, value)}; Path=/`)
  }
  return jar
}

function isJar(cookies: object): cookies is CookieJar {
  return 'header' in cookies && typeof cookies.header === 'function'
}
