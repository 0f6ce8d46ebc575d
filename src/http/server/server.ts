import { once } from 'node:events'
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TlsOptions } from 'node:tls'
import { problem } from '../../kernel/problem.ts'
import type { Edge } from '../edge/edge.ts'
import { type Refusals, refusalsOf } from '../errors/refusals.ts'
import type { Exchange } from '../exchange.ts'
import { acceptWaiting } from './accept-waiting.ts'
import { endConnection, endWith, refuseConnection } from './client-error.ts'
import { Connection, onStop } from './connection.ts'
import { drain } from './drain.ts'
import { type Firmness, firmnessOf } from './firmness.ts'
import { framingRefusal } from './framing.ts'
import { NodeExchange } from './node-exchange.ts'
import { http } from './node-http.ts'
import { endStalled, patrol } from './patrol.ts'
import { lookEvery } from './timeouts.ts'
import { watchHandshakes } from './tls-handshakes.ts'
import { isHandshake, lastReply, UpgradeExchange } from './upgrade-exchange.ts'

export interface ServerSettings {
  /** How requests are refused that no channel gets to see; as RFC 9457 says if it is not given. */
  readonly refusals?: Refusals | undefined
  readonly answer: (exchange: Exchange) => void
  readonly newCid: () => string
  /** Told of each finished reply; costs nothing when it is not given. */
  readonly onReply?: ((exchange: Exchange, status: number, milliseconds: number) => void) | undefined
  /** Told of what fails behind the back of every call: a connection that cannot be accepted, an `onReply` that throws. */
  readonly onFault?: ((error: unknown) => void) | undefined
  readonly firmness?: Firmness | undefined
  /** What is in front of the server, and what is said to clients in every reply. */
  readonly edge?: Edge | undefined
  /** Whether any client may go on with WebSocket; otherwise the wish for it is not looked at. */
  readonly upgrades?: boolean | undefined
}

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number
  readonly host: string
  /** Serves https by it; http if it is not given. */
  readonly tls?: TlsOptions | undefined
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
  /** How many connections are open. */
  readonly connections: number
  /** Whether it has begun to stop. */
  readonly stopping: boolean
  /** Calls the listener when it begins to stop, at once if it has; returns what takes the listener back. */
  readonly onStop: (listener: () => void) => () => void
  /**
   * Stops without losing a call: no new connections, each reply ends its connection, and what is in flight finishes.
   * Returns the number of connections that had to be cut at the deadline. Stopping again waits for the first stop.
   */
  readonly stop: (options: StopOptions) => Promise<number>
}

/** Makes a server; it listens when told. */
export function createHttpServer({
  answer,
  newCid,
  onReply,
  onFault = () => {},
  firmness = firmnessOf({}),
  edge,
  refusals = refusalsOf(),
  upgrades = false,
}: ServerSettings): HttpServer {
  const { timeouts, limits } = firmness
  const lifetime = { stopping: false, listeners: new Set<() => void>() }
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
    if (connection.ended) return
    connection.request = request
    connection.response = response
    const exchange = new NodeExchange(request, response, connection, newCid, edge)
    if (onReply !== undefined) observe(exchange, response, onReply, onFault)
    const refusal = framingRefusal(request, limits.headers)
    if (refusal === undefined) {
      connection.start(answer, exchange, limits.pipelined)
      return
    }
    connection.break(refusal)
    connection.start(() => void refusals.reply(exchange, refusal), exchange, limits.pipelined)
  }
  const options: ServerOptions = {
    // Node's own answer to a missing Host has no body; and of a header that comes twice it would drop one.
    ...{ optimizeEmptyRequests: true, requireHostHeader: false, joinDuplicateHeaders: true },
    // Any other protocol is not spoken, and the request answered as if it had not asked (RFC 9110, 7.8).
    shouldUpgradeCallback: (request) => upgrades && isHandshake(request) && connectionOf(request.socket).idle,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: lookEvery(timeouts.headers, timeouts.request),
  }
  const made = (tls: TlsOptions | undefined): Server => {
    const server = tls === undefined ? http.createServer(options, handle) : secureServer()
    // Node would drop the headers beyond, and with them what they say.
    server.maxHeadersCount = 0
    server.on('checkContinue', handle)
    // An expectation that is not known may be left unmet (RFC 9110, 10.1.1).
    server.on('checkExpectation', handle)
    if (tls === undefined) {
      server.on('connection', (socket) => {
        const connection = connectionOf(socket)
        if (connections.size <= limits.connections) return
        connection.ended = true
        refuseConnection(problem('unavailable', 'There are too many connections'), socket, newCid(), refusals.render)
      })
    }
    server.on('timeout', (socket) => endStalled(socket, connectionOf(socket)))
    // What happens before it listens is told to the one who asked it to.
    server.on('error', (error) => {
      if (server.listening) onFault(error)
    })
    server.on('clientError', (error, socket) => {
      // A TLS handshake that has failed leaves nobody to answer.
      if (tls !== undefined && !connections.has(socket)) socket.destroy()
      else endConnection(error, socket, connectionOf(socket), newCid(), limits, refusals.render)
    })
    if (upgrades) server.on('upgrade', upgrade)
    server.on('connect', (_request, socket) => {
      socket.on('error', () => {})
      const refusal = problem('method_not_allowed', 'There is no tunnel here', { headers: { Allow: '' } })
      endWith(refusal, socket, connectionOf(socket), newCid(), refusals.render)
    })
    return server

    function secureServer(): Server {
      const { createServer } = process.getBuiltinModule('node:https')
      const secure = createServer({ ...options, ...tls, handshakeTimeout: timeouts.headers || 120_000 }, handle)
      watchHandshakes(secure, connections, connectionOf, limits.connections)
      return secure
    }
  }

  const upgrade = (request: IncomingMessage, _socket: Duplex, head: Buffer): void => {
    const connection = connectionOf(request.socket)
    if (connection.ended) return
    connection.ended = true
    const response = lastReply(request)
    const exchange = new UpgradeExchange(request, response, head, connection, newCid, edge)
    if (onReply !== undefined) observe(exchange, response, onReply, onFault)
    const refusal = framingRefusal(request, limits.headers)
    if (refusal === undefined) answer(exchange)
    else void refusals.reply(exchange, refusal)
  }

  // What it is made with is known when it is told to listen.
  let server: Server | undefined
  let stopPatrol = (): void => {}

  const stop = async (deadline: number): Promise<number> => {
    stopping = true
    const listener = server?.listening === true ? server : undefined
    if (listener !== undefined) await acceptWaiting(listener)
    // Only now do replies end their connections: clients that are sent away sooner come back by the closing door.
    lifetime.stopping = true
    for (const told of [...lifetime.listeners]) told()
    if (listener === undefined) return 0
    const closed = new Promise<void>((resolve) => {
      // The HTTP server's own close would cut idle connections at once, and with them requests on their way.
      NetServer.prototype.close.call(listener, () => resolve())
    })
    const cut = await drain(connections, closed, deadline)
    // Closed it is, but not yet rid of its timers.
    listener.close()
    stopPatrol()
    return cut
  }

  let stopped: Promise<number> | undefined
  return {
    get connections() {
      return connections.size
    },
    get listening() {
      return server?.listening === true
    },
    get stopping() {
      return stopping
    },
    onStop: (listener) => onStop(lifetime, listener),
    listen: async ({ port, host, tls }) => {
      if (stopping) throw new Error('the server has been stopped: make a new one')
      server ??= made(tls)
      const listener = server
      listener.listen(port, host)
      await once(listener, 'listening')
      if (!stopping) {
        stopPatrol = patrol(connections, firmness)
        return listener.address() as AddressInfo
      }
      listener.close()
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
  onFault: (error: unknown) => void,
): void {
  const began = performance.now()
  response.once('close', () => {
    try {
      const upgraded = exchange instanceof UpgradeExchange && exchange.upgraded
      const status = response.writableFinished ? response.statusCode : upgraded ? 101 : 499
      onReply(exchange, status, performance.now() - began)
    } catch (error) {
      onFault(error)
    }
  })
}
