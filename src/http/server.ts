import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { refuseConnection } from './client-error.ts'
import type { Exchange } from './exchange.ts'
import { NodeExchange } from './node-exchange.ts'

export interface ServerSettings {
  readonly answer: (exchange: Exchange) => void
  readonly newCid: () => string
  /** Told of each finished reply; costs nothing when it is not given. */
  readonly onReply?: ((exchange: Exchange, status: number, milliseconds: number) => void) | undefined
}

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number
  readonly host: string
}

export interface StopOptions {
  /** How long calls in flight may take to finish, in milliseconds. */
  readonly deadline: number
}

/** A listening HTTP server. */
export interface HttpServer {
  readonly listen: (options: ListenOptions) => Promise<AddressInfo>
  /** Whether it has begun to stop. */
  readonly stopping: boolean
  /**
   * Stops without losing a call: no new connections, each reply ends its connection, and what is in flight finishes.
   * Returns the number of connections that had to be cut at the deadline.
   */
  readonly stop: (options: StopOptions) => Promise<number>
}

/** For so long an idle connection is kept while stopping: a request may be on its way on it. In milliseconds. */
const linger = 500
const interval = 20

/** Makes a server; it listens when told. */
export function createHttpServer({ answer, newCid, onReply }: ServerSettings): HttpServer {
  const lifetime = { stopping: false }
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const exchange = new NodeExchange(request, response, lifetime, newCid)
    if (onReply !== undefined) observe(exchange, response, onReply)
    answer(exchange)
  }
  const server: Server = createServer({ optimizeEmptyRequests: true }, handle)
  server.on('checkContinue', handle)
  server.on('clientError', (error, socket) => refuseConnection(error, socket, newCid()))

  return {
    get stopping() {
      return lifetime.stopping
    },
    listen: ({ port, host }) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          resolve(server.address() as AddressInfo)
        })
      }),
    stop: async ({ deadline }) => {
      lifetime.stopping = true
      if (!server.listening) return 0
      // Connections that wait to be accepted are taken in first: closing the listener would reset them.
      await turn()
      const closed = new Promise<void>((resolve) => {
        // The HTTP server's own close would cut idle connections at once, and with them requests on their way.
        NetServer.prototype.close.call(server, () => resolve())
      })
      return drain(server, closed, deadline)
    },
  }
}

async function drain(server: Server, closed: Promise<void>, deadline: number): Promise<number> {
  const began = performance.now()
  let done = false
  void closed.then(() => {
    done = true
  })
  while (!done && performance.now() - began < deadline) {
    if (performance.now() - began >= Math.min(linger, deadline)) server.closeIdleConnections()
    await Promise.race([closed, wait(interval)])
  }
  if (done) return 0
  server.closeIdleConnections()
  const cut = await new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)))
  server.closeAllConnections()
  await closed
  return cut
}

function observe(
  exchange: Exchange,
  response: ServerResponse,
  onReply: (exchange: Exchange, status: number, milliseconds: number) => void,
): void {
  const began = performance.now()
  response.once('close', () =>
    onReply(exchange, response.writableFinished ? response.statusCode : 499, performance.now() - began),
  )
}
