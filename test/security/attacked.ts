import assert from 'node:assert/strict'
import { type App, type AppOptions, get, type SecurityEvent, type Service, service } from 'trestle'
import { z } from 'zod'
import { serveApp } from '../http/app-served.ts'
import { handClock } from '../http/counting.ts'
import { ask, headerOf, jsonOf, RawConnection, type RawReply } from '../http/raw-connection.ts'

/** An app under attack, over real sockets. */
export interface Attacked extends AsyncDisposable {
  readonly app: App
  readonly port: number
  readonly clock: ReturnType<typeof handClock>
  /** Sends a request on a connection of its own. */
  readonly ask: (line: string, headers?: Readonly<Record<string, string>>, body?: string) => Promise<RawReply>
  /** Sends bytes on a connection of their own. */
  readonly raw: (text: string, method?: string) => Promise<RawReply>
  /** What has happened since it was last asked, in its order. */
  readonly events: () => readonly SecurityEvent[]
  /** Asserts status and code of a reply, and that it is the one event since the last question. */
  readonly assertRefused: (reply: RawReply, status: number, code: string, what?: string) => void
}

/** Serves an app whose events are kept. */
export async function attacked(options: AppOptions): Promise<Attacked> {
  const kept: SecurityEvent[] = []
  const clock = handClock()
  const { port, app } = await serveApp({
    title: 'Orders',
    mode: 'production',
    clock,
    onSecurityEvent: (event) => kept.push(event),
    ...options,
  })
  const events = (): readonly SecurityEvent[] => kept.splice(0)
  return {
    ...{ app, port, clock },
    ask: (line, headers, body) => ask(port, line, headers, body),
    raw: async (text, method) => {
      await using connection = await RawConnection.open(port)
      connection.send(text)
      return await connection.reply(method)
    },
    events,
    assertRefused: (reply, status, code, what = code) => {
      assert.deepEqual([reply.status, jsonOf(reply).code], [status, code], what)
      if (status === 401) assert.notEqual(headerOf(reply, 'www-authenticate'), undefined, what)
      const told = events().map((each) => [each.type, each.code, each.cid, each.address])
      assert.deepEqual(told, [['call.refused', code, jsonOf(reply).cid, '127.0.0.1']], what)
    },
    [Symbol.asyncDispose]: async () => void (await app.close({ deadline: 0 })),
  }
}

/** A service that tells who calls, to those of some definitions and groups. */
export function whoAt(path: '/me' | '/maybe', security: string | readonly string[]): Service {
  return service({
    name: `who at ${path}`,
    output: z.object({ who: z.string() }),
    on: get(path, { security }),
    handle: ({ caller }) => ({ who: caller.username ?? 'nobody' }),
  })
}

/** Tells who calls, at `/me` for the group `all`. */
export const me: Service = whoAt('/me', 'all')

/** The header of HTTP Basic; characters are bytes. */
export function basicOf(text: string): string {
  return `Basic ${Buffer.from(text, 'latin1').toString('base64')}`
}
