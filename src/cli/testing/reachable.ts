import { once } from 'node:events'
import { connect } from 'node:net'
import { reasonOf } from '../../testing/plain-english/run/run-fault.ts'
import { failure } from '../failure.ts'

/** For so long a server may take until it lets somebody in, in milliseconds. */
const patience = 10_000

/** Looks whether anything listens at an address: else each test would say the same. @throws Failure */
export async function reachable({ hostname, port, protocol, origin }: URL): Promise<void> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const socket = connect({ host, port: Number(port) || (protocol === 'https:' ? 443 : 80) })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(patience) })
  } catch (error) {
    throw failure(`Nothing can be reached at ${origin} (${why(error)}): start the server, or mend --address`)
  } finally {
    socket.destroy()
  }
}

/** A name with several addresses fails with an error of several. */
function why(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError') return `no answer within ${patience / 1000} s`
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  return reasonOf(error)
}
