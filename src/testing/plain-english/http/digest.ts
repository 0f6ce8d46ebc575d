import { digest } from '../../../client/auth/digest.ts'
import type { OutgoingBody } from '../../../client/layer.ts'
import { machineTime } from '../../../client/time.ts'
import type { Memory } from '../memory.ts'
import type { World } from '../world.ts'
import type { Outgoing } from './outgoing.ts'
import type { Received } from './received.ts'

/** Sends a request, and once more with the proof that the server has asked for. */
export type Digest = (
  request: Outgoing,
  signal: AbortSignal,
  send: (request: Outgoing) => Promise<Received>,
) => Promise<Received>

const memory: Memory<{ digest: Digest | undefined }> = { scope: 'feature', make: () => ({ digest: undefined }) }

/** How requests of a feature are proven, unless a header proves them. */
export function digestIn(world: World): Digest | undefined {
  return world.recall(memory).digest
}

/** Proves requests of a feature from here on, or no longer. */
export function useDigest(world: World, digest: Digest | undefined): void {
  world.recall(memory).digest = digest
}

/** Proves who is calling by name and password, as `Digest` has it; what the server has said is kept for later requests. */
export function digestOf(username: string, password: string): Digest {
  const scheme = digest(username, password)
  return async (request, signal, send) => {
    let received: Received | undefined
    const { method, url, body } = request
    const outgoing = { method, url, headers: new Headers(), body: bodyOf(body), signal }
    await scheme.authorize(
      outgoing,
      async ({ headers }) => {
        received = await send({ ...request, headers: [...request.headers, ...headers] })
        // Only what it says about proofs is looked at.
        return new Response(null, { status: received.status === 401 ? 401 : 200, headers: received.headers })
      },
      machineTime,
    )
    if (received === undefined) throw new Error('Digest authentication has sent nothing')
    return received
  }
}

function bodyOf(bytes: Outgoing['body']): OutgoingBody | undefined {
  return bytes === undefined ? undefined : { open: () => bytes, replayable: true }
}
