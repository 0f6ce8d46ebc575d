import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AppOptions, get, post, query, type SecurityEvent, service, session } from 'trestle'
import { z } from 'zod'
import { createUsers } from '../../src/security/users/create-users.ts'
import type { Users } from '../../src/security/users/users.ts'
import { type ServedApp, serveApp } from '../http/app-served.ts'
import { ask, headersOf, type RawReply } from '../http/raw-connection.ts'

const Who = z.object({ who: z.string(), roles: z.array(z.string()) })

/** Tells who calls. */
export const me = service({
  name: 'me',
  output: Who,
  on: [
    get('/me', { security: 'browsers' }),
    query('/me', { security: 'browsers' }),
    get('/anybody', { security: ['browsers', 'anonymous'] }),
  ],
  handle: ({ caller }) => ({ who: caller.username ?? '', roles: [...caller.roles] }),
})

/** Changes something. */
export const order = service({ name: 'order', on: post('/orders', { security: 'browsers' }), handle: () => {} })

/** What the tests log in with. */
export const password = 'a good long phrase'

/** An app with sessions, its clock and its events. */
export interface SessionApp extends ServedApp {
  /** Milliseconds since 1970; a test sets it. */
  readonly time: { now: number }
  readonly events: SecurityEvent[]
  /** Sends a request, with a cookie if one is given. */
  readonly send: (line: string, headers?: Readonly<Record<string, string>>, body?: string) => Promise<RawReply>
  /** Logs in, and returns the cookie as it is sent. */
  readonly logIn: (username?: string, given?: string) => Promise<string>
}

/** Serves an app with sessions on a free port until the scope ends. */
export async function sessionApp(
  options: Partial<AppOptions> = {},
  time: { now: number } = { now: Date.parse('2026-01-01T00:00:00Z') },
): Promise<SessionApp> {
  const events: SecurityEvent[] = []
  const served = await serveApp({
    services: [me, order],
    title: 'Shop',
    mode: 'production',
    clock: { now: () => new Date(time.now), elapsed: () => time.now },
    security: { browsers: session() },
    onSecurityEvent: (event) => events.push(event),
    ...options,
  })
  const send: SessionApp['send'] = (...request) => ask(served.port, ...request)
  return {
    ...{ ...served, time, events, send },
    logIn: async (username = 'ada', given = password) => cookieOf(await send(...loginRequest(username, given))),
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  }
}

/** A request that logs in with JSON. */
export function loginRequest(username: string, given: string, headers: Readonly<Record<string, string>> = {}) {
  const body = JSON.stringify({ username, password: given })
  return ['POST /session', { 'Content-Type': 'application/json', ...headers }, body] as const
}

/** The cookie that a reply sets, as a request sends it. @throws Error where it sets none */
export function cookieOf(reply: RawReply): string {
  const [line] = headersOf(reply, 'set-cookie')
  if (line === undefined) throw new Error(`no cookie: ${reply.status} ${reply.body}`)
  return line.split(';', 1)[0] ?? ''
}

/** A data folder with the user `ada`, an admin, whom a test may change. */
export async function userFolder(): Promise<{ readonly data: string; readonly users: Users } & Disposable> {
  const data = mkdtempSync(join(tmpdir(), 'trestle-sessions-'))
  const users = createUsers({ data, clock: { now: () => new Date(), elapsed: () => 0 }, report: () => {} })
  await users.create({ username: 'Ada', password, roles: ['admin'] })
  const dispose = (): void => {
    users.close()
    rmSync(data, { recursive: true })
  }
  return { data, users, [Symbol.dispose]: dispose }
}
