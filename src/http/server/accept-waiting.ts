import type { Server } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'

/** So many turns of the event loop without a new connection mean that none waits. */
const quiet = 8
/** Under a load of new connections that never ends, the waiting has to. */
const most = 2000

/**
 * Takes in the connections that the kernel has made and that wait to be accepted: closing the listener would reset them,
 * with the requests on them. The event loop accepts one in each of its turns.
 */
export async function acceptWaiting(server: Server): Promise<void> {
  let accepted = 0
  const count = (): void => {
    accepted++
  }
  server.on('connection', count)
  let idle = 0
  for (let turns = 0; turns < most && idle < quiet; turns++) {
    const before = accepted
    await turn()
    idle = accepted === before ? idle + 1 : 0
  }
  server.off('connection', count)
}
