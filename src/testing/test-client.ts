import { client } from '../client/client.ts'
import type { ClientSettings, Transport } from '../client/settings.ts'
import type { ClientOf } from '../client/typed/typed-client.ts'
import type { Invoke } from '../kernel/call-context.ts'
import { anonymous, type Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { type Moment, type TestClock, testClock } from './test-clock.ts'
import { recordingLog, type TestLogs } from './test-log.ts'

/** An app as its tests see it; every app of `createApp` and `loadApp` is one. */
export interface TestableApp {
  /** How successes are wrapped. */
  readonly envelope: 'none' | 'meta'
  /** Makes the app that is tested. */
  readonly with: (run: TestRun) => TestedApp
}

interface TestedApp extends AsyncDisposable {
  readonly fetch: (request: Request, options: { readonly caller: Caller | string }) => Promise<Response>
  readonly invoke: Invoke
}

interface TestRun {
  readonly mode: 'development' | 'test' | 'production'
  readonly use: Readonly<Record<string, unknown>>
  readonly clock: Clock
  readonly log: Logger
  readonly newCid?: () => string
  readonly onReply: (reply: TestEvent) => void
}

/** A call that has ended: what was asked, who asked, and how it was answered. */
export interface TestEvent {
  /** The method of the request. */
  readonly method: string
  /** The path of the request, without the query. */
  readonly path: string
  /** The status of the reply; 499 when the client did not wait for all of it. */
  readonly status: number
  /** The correlation id. */
  readonly cid: string
  /** The name of the service that answered; undefined where no channel did. */
  readonly service: string | undefined
  /** Who called. */
  readonly caller: Caller
  /** From the request to the end of the reply, on the clock of the machine. */
  readonly milliseconds: number
}

/** How an app is tested; settings of a client hold for all that it asks. */
export interface TestClientSettings extends Omit<ClientSettings, 'fetch' | 'time' | 'envelope'> {
  /** Values or providers that take the place of those which services use under the same name. */
  readonly use?: Readonly<Record<string, unknown>>
  /** When it is: a moment at which the clock stands, or a clock. It runs with that of the machine if it is not given. */
  readonly time?: Moment | Clock
  /** The cid of each call that brings none, or what makes one. */
  readonly cid?: string | (() => string)
  /** How the app runs; `test` if it is not given, which checks outputs against their models. */
  readonly mode?: TestRun['mode']
}

/** What a test has beside the calls. */
export interface TestControls<App> extends AsyncDisposable {
  /**
   * The same client for another caller, whom the app believes: services see it as `call.caller`. A text is the name of a
   * security definition: the caller is whoever has its credentials, without any need of them.
   */
  readonly as: (caller: Partial<Caller> | string) => ClientOf<App>
  /** Calls a service by itself or by its name, without any channel. */
  readonly invoke: Invoke
  /** The clock of the app. */
  readonly clock: TestClock
  /** What the app has logged. */
  readonly logs: TestLogs
  /** One record for each call that has ended, in order. */
  readonly events: readonly TestEvent[]
}

/** A client for tests of an app: typed by it as `client<typeof app>` is, with what a test needs to control. */
export type TestClient<App> = ClientOf<App> & TestControls<App>

/**
 * Makes a client that calls an app without any port. The app under test is one of its own, made of the same services and
 * settings, so that nothing is left behind; it is closed, and calls that are still open are cut, when the client is
 * disposed of. An envelope is taken off by itself.
 *
 * ```ts
 * import { createApp, get, provider, service } from 'trestle'
 * import { testClient } from 'trestle/testing'
 * import { z } from 'zod'
 *
 * const greeting = provider(() => 'Hello')
 * const greet = service({
 *   input: z.object({ name: z.string() }),
 *   output: z.object({ text: z.string(), at: z.string(), by: z.string().optional() }),
 *   use: { greeting },
 *   on: get('/greet/{name}'),
 *   handle: ({ input, greeting, time, caller }) => ({
 *     text: `${greeting}, ${input.name}`,
 *     at: time.now().toISOString(),
 *     by: caller.username,
 *   }),
 * })
 * const app = createApp({ services: { greet } })
 *
 * await using api = testClient(app, { use: { greeting: 'Hi' }, time: '2026-01-01T00:00:00Z', cid: 'a1' })
 * const first = await api.get('/greet/{name}', { params: { name: 'Ada' } }).json()
 * first // => { text: 'Hi, Ada', at: '2026-01-01T00:00:00.000Z' }
 * api.clock.advance(1000)
 * const next = await api.as({ username: 'bob' }).get('/greet/{name}', { params: { name: 'Eve' } }).json()
 * next // => { text: 'Hi, Eve', at: '2026-01-01T00:00:01.000Z', by: 'bob' }
 * api.events.map(({ service, status, cid }) => [service, status, cid]) // => [['greet', 200, 'a1'], ['greet', 200, 'a1']]
 * ```
 *
 * @throws StartupError when the app cannot start in that way, such as for a name in `use` that no service uses.
 */
export function testClient<App extends TestableApp>(app: App, settings: TestClientSettings = {}): TestClient<App> {
  const { use = {}, time, cid, mode = 'test', ...ofClient } = settings
  const clock = testClock(time)
  const { log, logs } = recordingLog()
  const events: TestEvent[] = []
  const newCid = typeof cid === 'string' ? () => cid : cid
  const onReply = (reply: TestEvent): void => void events.push(reply)
  const tested = app.with({ mode, use, clock, log, onReply, ...(newCid && { newCid }) })
  const ending = new AbortController()

  const clientFor = (caller: Caller | string) => {
    const fetch: Transport = (request) => {
      const signal = AbortSignal.any([request.signal, ending.signal])
      return unlessAborted(signal, tested.fetch(new Request(request, { signal }), { caller }))
    }
    return client('http://localhost', { ...ofClient, fetch, envelope: app.envelope })
  }
  const controls: TestControls<App> = {
    as: (caller) => clientFor(typeof caller === 'string' ? caller : { ...anonymous, ...caller }) as ClientOf<App>,
    ...{ invoke: tested.invoke, clock, logs, events },
    [Symbol.asyncDispose]: async () => {
      ending.abort(new DOMException('the test client was disposed of while a call was open', 'AbortError'))
      await tested[Symbol.asyncDispose]()
    },
  }
  return Object.assign(clientFor(anonymous), controls) as TestClient<App>
}

/** A reply that nobody waits for any more is given up, whether or not the app still makes one. */
function unlessAborted(signal: AbortSignal, reply: Promise<Response>): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const abort = (): void => reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  reply.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  return promise
}
