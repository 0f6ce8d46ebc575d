import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, type AppOptions, apiKey, basic, createApp, get, role, type SecurityEvent, service } from 'trestle'
import { z } from 'zod'

/** What a reply says. */
export interface Told {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: bodies are compared as a whole.
  readonly body: any
}

/** An app with a channel for a group of partners, that is administered at `/admin` with the key `ops-key`. */
export interface AdminApp extends AsyncDisposable {
  readonly app: App
  /** What it has told of. */
  readonly events: readonly SecurityEvent[]
  /** Sends a request; a body is sent as JSON. */
  readonly send: (line: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Told>
  /** Sends it as an administrator. */
  readonly admin: (line: string, body?: unknown) => Promise<Told>
  /** The status of the partners' channel for a key, or the header `Authorization`. */
  readonly hello: (credentials: string) => Promise<number>
}

const hello = service({
  name: 'hello',
  output: z.object({ who: z.string() }),
  on: get('/hello', { security: 'partners' }),
  handle: ({ caller }) => ({ who: caller.username ?? '' }),
})

/** Makes it. */
export function adminApp(options: Partial<AppOptions> = {}): AdminApp {
  const events: SecurityEvent[] = []
  const app = createApp({
    title: 'Partners',
    log: 'silent',
    services: [hello],
    security: {
      ops: apiKey({ key: 'ops-key', roles: ['admin'] }),
      guest: apiKey({ key: 'guest-key' }),
      hr: basic({ username: 'hr', password: 'correct horse' }),
      partners: ['hr'],
      helpers: ['guest'],
    },
    admin: { security: ['ops', 'helpers'], allow: role('admin') },
    onSecurityEvent: (event) => events.push(event),
    ...options,
  })
  const send: AdminApp['send'] = async (line, body, headers = {}) => {
    const [method = '', path = ''] = line.split(' ')
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const json = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const reply = await app.fetch(
      new Request(`http://localhost${path}`, { method, headers: { ...json, ...headers }, ...sent }),
    )
    const text = await reply.text()
    return { status: reply.status, headers: reply.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
  return {
    app,
    events,
    send,
    admin: (line, body) => send(line, body, { 'X-API-Key': 'ops-key' }),
    hello: async (credentials) => {
      const name = credentials.includes(' ') ? 'Authorization' : 'X-API-Key'
      return (await send('GET /hello', undefined, { [name]: credentials })).status
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

/** A header of RFC 7617. */
export function basicOf(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** A folder that is gone at the end. */
export async function dataFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'trestle-data-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** A clock that stands still until it is set forward. */
export function settableClock(start: string) {
  let time = Date.parse(start)
  return {
    clock: { now: () => new Date(time), elapsed: () => time },
    forward: (milliseconds: number) => {
      time += milliseconds
    },
  }
}
