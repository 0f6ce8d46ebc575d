import { TokenRefused } from './verify-token.ts'

/**
 * Asks one after another until one takes the token; undefined where it is unknown to all.
 *
 * @throws TokenRefused with the most telling of the reasons
 * @throws Problem `unavailable` where nobody takes it and one could not tell: it may have been good
 */
export async function firstTaken<One, Taken>(
  candidates: readonly One[],
  take: (one: One) => Taken | undefined | Promise<Taken | undefined>,
): Promise<Taken | undefined> {
  let refused: unknown
  for (const each of candidates) {
    try {
      const taken = await take(each)
      if (taken !== undefined) return taken
    } catch (error) {
      if (refused === undefined || weight(error) > weight(refused)) refused = error
    }
  }
  if (refused !== undefined) throw refused
  return undefined
}

function weight(error: unknown): number {
  return error instanceof TokenRefused ? error.reached : Number.POSITIVE_INFINITY
}
