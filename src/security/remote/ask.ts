import type { IncomingMessage, RequestOptions } from 'node:http'
import { isIP } from 'node:net'
import type { Destinations } from './inward.ts'

/** What is asked of another server. */
export interface Question {
  readonly address: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What the other server may take. */
export interface Patience {
  /** How long it may take in all, in milliseconds. */
  readonly time: number
  /** How long its answer may be, in bytes. */
  readonly size: number
}

/** What is waited for if nothing else is said. */
export const patience: Patience = { time: 5_000, size: 256 * 1024 }

/** Asks another server for JSON. Redirects are not followed. */
export type Ask = (question: Question) => Promise<unknown>

/** Makes what asks other servers; the connection goes to an address that was checked, whatever its name leads to by then. */
export function asker(destinations: Destinations, { time, size }: Patience = patience): Ask {
  return async ({ address, method, headers, body }) => {
    const signal = AbortSignal.timeout(time)
    const found = await within(signal, destinations(address))
    const response = await connected(address, found, { method, headers, signal }, body)
    if (response.statusCode !== 200) {
      response.destroy()
      throw new Error(`it answered ${response.statusCode}`)
    }
    return JSON.parse(await textOf(response, size))
  }
}

function connected(
  address: URL,
  found: readonly string[],
  options: RequestOptions,
  body: string | undefined,
): Promise<IncomingMessage> {
  // Loaded only by apps that ask others.
  const { request } = process.getBuiltinModule(address.protocol === 'https:' ? 'node:https' : 'node:http')
  const all = found.map((each) => ({ address: each, family: isIP(each) }))
  return new Promise((resolve, reject) => {
    const asking = request(address, {
      ...options,
      agent: false,
      lookup: (_name, { all: wantsAll }, callback) => {
        const [first] = all
        if (wantsAll === true) callback(null, all)
        else callback(null, first?.address ?? '', first?.family)
      },
    })
    asking.on('response', resolve)
    asking.on('error', reject)
    asking.end(body)
  })
}

async function textOf(response: IncomingMessage, most: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) throw new Error(`its answer is longer than ${most} bytes`)
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}

function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    work.then(resolve, reject)
  })
}
