import { createHash } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import { batchedStore, type Group } from './batched-store.ts'
import type { LimitStore, Outcome } from './limit-store.ts'
import { redisScript } from './redis-script.ts'

/** How long Redis may take to connect, and to count, in milliseconds. */
const patience = 1000
/** So many hits go to Redis at once; others of its clients wait meanwhile. */
const atOnce = 200

/** What the store needs of a client. */
interface Client {
  readonly isReady: boolean
  readonly connect: () => Promise<unknown>
  readonly destroy: () => void
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown
  readonly sendCommand: (args: readonly string[]) => Promise<unknown>
}

/** What is wrong with an address such as `redis://10.0.0.5:6379/1`, `rediss://…` for TLS, or `unix:/run/redis.sock`. */
export function redisUrlFault(url: string): string | undefined {
  if (/^unix:\/./.test(url)) return undefined
  const known = URL.canParse(url) && /^(redis|rediss|valkey|valkeys):$/.test(new URL(url).protocol)
  return known ? undefined : 'is no address of a Redis: write one such as redis://localhost:6379'
}

/** Whether the package is there; otherwise how to get it, as the end of a sentence. */
export function redisPackageFault(
  find: (name: string) => unknown = (name) => import.meta.resolve(name),
): string | undefined {
  try {
    find('redis')
    return undefined
  } catch {
    return "needs the package redis: install it with 'npm install redis'"
  }
}

/**
 * Counts in a Redis or Valkey, exactly for all processes that use it with the same prefix; the calls of one turn of the
 * event loop are one script. It connects when the first call is counted, and again whenever the connection is lost;
 * while there is none, nothing can be counted.
 */
export function redisStore(url: string, prefix: string, clock: Clock): LimitStore {
  let connection: Connection | undefined

  const count = async (groups: readonly Group[]): Promise<readonly (readonly Outcome[])[]> => {
    connection ??= connect(url)
    const client = await connection.ready()
    const all: (readonly Outcome[])[] = []
    while (all.length < groups.length) {
      const part = upTo(groups, all.length)
      const numbers = await inTime(run(client, prefix, part))
      all.push(...outcomesOf(part, numbers))
    }
    return all
  }
  return batchedStore(clock, count, { close: async () => connection?.close() })
}

interface Connection {
  /** The client, when it is connected. @throws Error as soon as it is known that it cannot be */
  readonly ready: () => Promise<Client>
  readonly close: () => Promise<void>
}

function connect(url: string): Connection {
  let broken: Error | undefined
  const opened = open(url)
  const connected = opened.then(async (client) => {
    const failed = new Promise<never>((_, reject) => {
      client.on('error', (error) => {
        broken = error
        reject(error)
      })
    })
    // The client goes on trying by itself.
    await Promise.race([client.connect(), failed])
  })
  connected.catch(() => {})
  return {
    ready: async () => {
      const client = await opened
      if (client.isReady) return client
      if (broken !== undefined) throw broken
      await inTime(connected)
      return client
    },
    close: async () => {
      const client = await opened.catch(() => undefined)
      try {
        client?.destroy()
      } catch {
        // It was not connected.
      }
    },
  }
}

async function open(url: string): Promise<Client> {
  const { createClient } = await import('redis')
  return createClient({
    ...(url.startsWith('unix:') ? {} : { url: url.replace(/^valkey/, 'redis') }),
    socket: {
      ...(url.startsWith('unix:') && { path: url.slice('unix:'.length), tls: false }),
      connectTimeout: patience,
      reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, patience),
    },
    disableOfflineQueue: true,
  })
}

/** As many groups as fit, and at least one. */
function upTo(groups: readonly Group[], from: number): readonly Group[] {
  let hits = 0
  const end = groups.findIndex((group, at) => {
    if (at < from) return false
    hits += group.hits.length
    return at > from && hits > atOnce
  })
  return groups.slice(from, end === -1 ? undefined : end)
}

const digest = createHash('sha1').update(redisScript).digest('hex')

/** Runs the script; it is sent in full where Redis has never seen it, or forgotten it. `now` is for tests. */
export async function run(
  client: Pick<Client, 'sendCommand'>,
  prefix: string,
  groups: readonly Group[],
  now: number | '' = '',
): Promise<readonly number[]> {
  const keys = groups.flatMap(({ names }) => names.map((name) => prefix + name))
  const values = groups.flatMap(({ hits, how }) => [
    ...[how, hits.length],
    ...hits.flatMap(({ counter: { tally } }) => [...tally.script, tally.keep]),
  ])
  const parameters = [keys.length, ...keys, now, ...values].map(String)
  try {
    return (await client.sendCommand(['EVALSHA', digest, ...parameters])) as number[]
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
    return (await client.sendCommand(['EVAL', redisScript, ...parameters])) as number[]
  }
}

/** The three numbers that the script returns for each hit. */
export function outcomesOf(groups: readonly Group[], numbers: readonly number[]): readonly (readonly Outcome[])[] {
  let at = 0
  const next = (): number => numbers[at++] ?? 0
  return groups.map(({ hits }) => hits.map(() => ({ passed: next() === 1, remaining: next(), wait: next() })))
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis has not answered within ${patience} milliseconds`)), patience)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
