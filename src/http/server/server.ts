import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import { replyProblem } from '../reply/reply.ts'
import { acceptWaiting } from './accept-waiting.ts'
import { endConnection, refuseConnection } from './client-error.ts'
import { Connection } from './connection.ts'
import { drain } from './drain.ts'
import { hostFault } from './host-header.ts'
import { NodeExchange } from './node-exchange.ts'
import { http } from './node-http.ts'

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
  /** @throws Error when the address cannot be had, or the server has been stopped. */
  readonly listen: (options: ListenOptions) => Promise<AddressInfo>
  /** Whether it takes new connections. */
  readonly listening: boolean
  /** Whether it has begun to stop. */
  readonly stopping: boolean
  /**
   * Stops without losing a call: no new connections, each reply ends its connection, and what is in flight finishes.
   * Returns the number of connections that had to be cut at the deadline. Stopping again waits for the first stop.
   */
  readonly stop: (options: StopOptions) => Promise<number>
}

/** Makes a server; it listens when told. */
export function createHttpServer({ answer, newCid, onReply }: ServerSettings): HttpServer {
  const lifetime = { stopping: false }
  let stopping = false
  const connections = new Map<Duplex, Connection>()
  const connectionOf = (socket: Duplex): Connection => {
    const known = connections.get(socket)
    if (known !== undefined) return known
    const made = new Connection(lifetime)
    connections.set(socket, made)
    socket.once('close', () => connections.delete(socket))
    return made
  }

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = connectionOf(request.socket)
    const exchange = new NodeExchange(request, response, connection, newCid)
    if (onReply !== undefined) observe(exchange, response, onReply)
    const fault = hostFault(request)
    if (fault === undefined) {
      answer(exchange)
      return
    }
    const refusal = problem('malformed_request', fault)
    connection.break(refusal)
    replyProblem(exchange, refusal, false)
  }
  // Node's own answer to a missing Host has no body; and of a header that comes twice it would drop one.
  const server = http.createServer(
    { optimizeEmptyRequests: true, requireHostHeader: false, joinDuplicateHeaders: true },
    handle,
  )
  server.on('checkContinue', handle)
  // An expectation that is not known may be left unmet (RFC 9110, 10.1.1).
  server.on('checkExpectation', handle)
  server.on('connection', connectionOf)
  server.on('clientError', (error, socket) => endConnection(error, socket, connectionOf(socket), newCid()))
  server.on('connect', (_request, socket) => {
    socket.on('error', () => {})
    refuseConnection(
      problem('method_not_allowed', 'There is no tunnel here', { headers: { Allow: '' } }),
      socket,
      newCid(),
    )
  })

  const stop = async (deadline: number): Promise<number> => {
    stopping = true
    if (!server.listening) {
      lifetime.stopping = true
      return 0
    }
    await acceptWaiting(server)
    // Only now do replies end their connections: clients that are sent away sooner come back by the closing door.
    lifetime.stopping = true
    const closed = new Promise<void>((resolve) => {
      // The HTTP server's own close would cut idle connections at once, and with them requests on their way.
      NetServer.prototype.close.call(server, () => resolve())
    })
    const cut = await drain(connections, closed, deadline)
    // Closed it is, but not yet rid of its timers.
    server.close()
    return cut
  }

  let stopped: Promise<number> | undefined
  return {
    get listening() {
      return server.listening
    },
    get stopping() {
      return stopping
    },
    listen: async ({ port, host }) => {
      if (stopping) throw new Error('the server has been stopped: make a new one')
      server.listen(port, host)
      await once(server, 'listening')
      if (!stopping) return server.address() as AddressInfo
      server.close()
      throw new Error('the server was stopped before it listened')
    },
    stop: ({ deadline }) => {
      stopped ??= stop(deadline)
      return stopped
    },
  }
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
