import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AppOptions,
  bearer,
  type Clock,
  get,
  login,
  type Person,
  role,
  type SecurityEvent,
  scope,
  service,
  type TokenSettings,
} from 'trestle'
import { z } from 'zod'
import { serveApp } from '../http/app-served.ts'

/** The secret that tokens are signed with. */
export const key = 'a secret of more than thirty-two characters'

/** A clock that stands until it is set forward. */
export interface SetClock extends Clock {
  readonly forward: (seconds: number) => void
}

export function setClock(start = '2026-01-05T09:00:00Z'): SetClock {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    elapsed: () => now,
    forward: (seconds) => {
      now += seconds * 1000
    },
  }
}

const me = service({
  name: 'me',
  output: z.object({ who: z.string(), roles: z.array(z.string()), scopes: z.array(z.string()) }),
  on: get('/me', { security: 'people' }),
  handle: ({ caller: { username = '', roles, scopes } }) => ({ who: username, roles: [...roles], scopes: [...scopes] }),
})
const orders = service({
  name: 'orders',
  summary: 'List orders',
  output: z.string(),
  on: get('/orders', { security: 'people', allow: scope('orders:read') }),
  handle: () => 'orders',
})
const admin = service({
  name: 'admin',
  output: z.string(),
  on: get('/admin', { security: 'people', allow: role('admin') }),
  handle: () => 'admin',
})

/** What the app of these tests is made with. */
export interface TokenAppOptions {
  readonly tokens?: TokenSettings
  readonly people?: Map<string, Person>
  readonly app?: Partial<AppOptions>
  readonly events?: SecurityEvent[]
}

/** People of the app; each has the password `password of <name>`. */
export function people(): Map<string, Person> {
  return new Map([
    [
      'ada',
      { username: 'ada', roles: ['admin'], scopes: ['orders:read', 'orders:write'], claims: { name: 'Ada', sub: 'x' } },
    ],
    ['bob', { username: 'bob' }],
  ])
}

/** The settings of an app that issues tokens to Ada, Bob and a program. */
export function tokenApp({ tokens, people: known = people(), app, events = [] }: TokenAppOptions = {}): AppOptions {
  return {
    title: 'Orders',
    version: '1.0.0',
    mode: 'production',
    services: [me, orders, admin],
    security: { people: bearer({ issued: true }) },
    login: login({
      verify: ({ username, password }) => (password === `password of ${username}` ? known.get(username) : undefined),
      find: (username) => known.get(username),
    }),
    tokens: {
      // Whoever names an algorithm has a key made.
      ...(tokens?.algorithm === undefined && { key }),
      refresh: true,
      clients: { reports: { secret: 'secret of reports', scopes: ['orders:read'], roles: ['reporter'] } },
      scopes: { 'orders:read': 'Read orders', 'orders:write': 'Change orders' },
      ...tokens,
    },
    onSecurityEvent: (event) => events.push(event),
    ...app,
  }
}

/** A served app, and ways to ask it. */
export interface TokenServer extends AsyncDisposable {
  readonly url: string
  /** Sends a form. */
  readonly send: (
    path: string,
    form: Readonly<Record<string, string>> | string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  /** Logs Ada in. */
  readonly logIn: (more?: Readonly<Record<string, string>>) => Promise<Tokens>
  /** The status that a path answers to a token. */
  readonly statusOf: (path: string, token: string) => Promise<number>
}

/** What the endpoint gives. */
export interface Tokens {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
  readonly scope?: string
  readonly refresh_token: string
}

/** Serves the app on a free port. */
export async function serveTokens(options?: TokenAppOptions): Promise<TokenServer> {
  const served = await serveApp(tokenApp(options))
  const url = `http://127.0.0.1:${served.port}`
  const send: TokenServer['send'] = (path, form, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
  return {
    url,
    send,
    logIn: async (more) => {
      const reply = await send('/token', { username: 'ada', password: 'password of ada', ...more })
      return (await reply.json()) as Tokens
    },
    statusOf: async (path, token) => {
      const reply = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
      await reply.text()
      return reply.status
    },
    // Nobody is waiting any more: connections that are kept open need no time.
    [Symbol.asyncDispose]: async () => void (await served.app.close({ deadline: 0 })),
  }
}

/** The header by which a client shows itself. */
export function basicOf(name: string, secret: string): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` }
}

/** A data folder that is removed with the scope. */
export async function dataFolder(): Promise<AsyncDisposable & { readonly data: string }> {
  const data = await mkdtemp(join(tmpdir(), 'trestle-tokens-'))
  return { data, [Symbol.asyncDispose]: () => rm(data, { recursive: true }) }
}
