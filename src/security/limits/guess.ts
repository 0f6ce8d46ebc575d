import type { Attempt } from '../../kernel/attempt.ts'
import type { Awaitable } from '../../kernel/chain.ts'
import { addressKey } from './address-key.ts'
import type { Limits } from './limits.ts'

/** As many threads as Node has for hashing: more guesses of one client at once would only keep those of others waiting. */
const atOnce = 4

interface Line {
  running: number
  readonly waiting: (() => void)[]
}

const lines = new Map<string, Line>()

/**
 * Does what takes long for the client of an attempt, at most four at once; the others wait in their order, so that a flood
 * of guesses meets its limit before they are all looked at.
 */
export async function inTurn<T>({ clientAddress }: Attempt, work: () => Awaitable<T>): Promise<T> {
  // Without an address, clients cannot be told from each other.
  if (clientAddress === undefined) return await work()
  const key = addressKey(clientAddress)
  const line = lines.get(key) ?? { running: 0, waiting: [] }
  lines.set(key, line)
  if (line.running < atOnce) line.running += 1
  else await new Promise<void>((resolve) => line.waiting.push(resolve))
  try {
    return await work()
  } finally {
    // Whoever is next takes the place over.
    const next = line.waiting.shift()
    if (next === undefined) line.running -= 1
    else next()
    if (line.running === 0) lines.delete(key)
  }
}

/**
 * Looks at a password that was given for a name; undefined for a wrong one, which is counted. Nothing is counted for what
 * the app itself asks, without an attempt.
 *
 * @throws Problem `too_many_requests` for a client that has failed too often, also where this one is right
 */
export async function guess<T>(
  limits: Pick<Limits, 'checkFailures' | 'failed'>,
  attempt: Attempt | undefined,
  name: string,
  look: () => Awaitable<T | undefined>,
): Promise<T | undefined> {
  if (attempt === undefined) return await look()
  return await inTurn(attempt, async () => {
    await limits.checkFailures(attempt, name)
    const found = await look()
    // Of guesses that were sent at once, the right one must not get through behind the wrong ones.
    await (found === undefined ? limits.failed(attempt, name) : limits.checkFailures(attempt, name))
    return found
  })
}
