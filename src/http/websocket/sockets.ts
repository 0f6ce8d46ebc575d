import type { WebSocket, WebSocketServer } from 'ws'
import { CallState } from '../../kernel/call-state.ts'
import { ItemStream } from '../../kernel/item-stream.ts'
import { type Problem, problem } from '../../kernel/problem.ts'
import type { ErrorSurroundings } from '../errors/error-renderer.ts'
import { type Fail, type Failing, failingOf } from '../errors/fail.ts'
import { problemText } from '../errors/problem-text.ts'
import type { Exchange } from '../exchange.ts'
import type { Gate, GateContext } from '../feature.ts'
import { handshakeGateOf } from '../gates.ts'
import { type Gather, gatherer } from '../input/gather.ts'
import { type Match, type RouteTable, routeTable } from '../route/route-table.ts'
import { UpgradeExchange } from '../server/upgrade-exchange.ts'
import { type Close, close, closeFor } from './close.ts'
import { converse } from './conversation.ts'
import { handshakeFault, openers } from './handshake.ts'
import { handshakes } from './handshakes.ts'
import { IncomingMessages } from './incoming-messages.ts'
import { areBytes, messageReader } from './message-reader.ts'
import { messageFaults, socketFaults } from './socket-fault.ts'
import { defaults, type Settings } from './socket-settings.ts'

interface Socket extends Failing {
  readonly settings: Settings
  readonly mayOpen: (origin: string) => boolean
  readonly tell: (problem: Problem, exchange: Exchange) => string
  readonly gather: Gather
  readonly gate: Gate | undefined
  open: number
  server: WebSocketServer | undefined
}

/** Answers an exchange that is for a WebSocket channel, and returns whether it was. */
export type AnswerSocket = (exchange: Exchange) => boolean

/**
 * Compiles the WebSocket channels of an app; nothing where there are none.
 *
 * @throws StartupError for malformed channels.
 */
export function createSockets(
  context: GateContext,
  surroundings: ErrorSurroundings,
  fail: Fail,
): AnswerSocket | undefined {
  const { kernel } = context
  const faults: string[] = kernel.services.flatMap(messageFaults)
  const routes = handshakes(kernel.services, context.defaults).map(({ channel, service, target }) => {
    const { entry, declared } = target
    const settings: Settings = { ...defaults, ...declared.options }
    faults.push(...socketFaults({ channel, service, target: entry }, settings, context))
    const gather = gatherer(entry, channel, context.nesting)
    const socket: Socket = {
      ...failingOf(channel, entry, surroundings),
      ...{ settings, gather, open: 0, server: undefined },
      mayOpen: openers(settings.origins, channel.options),
      tell: problemText(channel.options, surroundings),
      gate: handshakeGateOf({ channel, entry, gather, serve: () => {} }, context),
    }
    return { channel, service, target: socket }
  })
  const table = routeTable(routes, faults)
  if (routes.length === 0) return undefined

  const open = async (exchange: UpgradeExchange, socket: Socket, params: readonly string[]): Promise<void> => {
    const call = kernel.begin(socket.entry, exchange)
    try {
      await converseOn(exchange, socket, call, params)
    } catch (error) {
      if (!exchange.upgraded) return fail(exchange, error, socket, call)
      kernel.problemOf(error, exchange, socket.entry.name)
      exchange.cut()
    }
  }

  const converseOn = async (
    exchange: UpgradeExchange,
    socket: Socket,
    call: CallState,
    params: readonly string[],
  ): Promise<void> => {
    const { entry, settings, tell } = socket
    const fault = handshakeFault(exchange, socket.mayOpen)
    if (fault !== undefined) throw fault
    if (socket.open >= (settings.connectionLimit ?? Number.POSITIVE_INFINITY)) {
      throw problem('unavailable', 'There are too many connections', { headers: { 'Retry-After': '10' } })
    }
    socket.open++
    exchange.onFinish(() => socket.open--)
    if ((await socket.gate?.(exchange, call, params)) !== undefined) return
    let stopped: Close | undefined
    let peer: WebSocket | undefined
    const end = (reason: Close): void => {
      stopped ??= reason
      peer?.close(reason.code, reason.reason)
    }
    const messages = incoming(
      socket,
      call,
      (reason, code) => {
        if (settings.invalid === 'tell') peer?.send(tell(reason, exchange))
        else end({ ...closeFor(reason, exchange.cid), code })
      },
      () => peer,
    )
    const { raw, placeOf } = await socket.gather(exchange, params, call)
    const stream = await kernel.run(entry, call, raw, placeOf)
    if (!(stream instanceof ItemStream)) throw new TypeError(`${entry.name} gave no stream`)
    stream.atEnd(({ ok }) => exchange.onFinish(() => kernel.finish(call, ok)))
    const leave = (): void => {
      messages?.end()
      CallState.abort(call, 'the conversation has ended')
      stream.return().catch(() => {})
    }
    exchange.onStop(() => {
      end(close(1001, 'The server is stopping'))
      leave()
    })
    if (exchange.gone) return leave()
    try {
      socket.server ??= await serverOf(settings)
      peer = await exchange.upgrade(socket.server)
    } catch (error) {
      leave()
      throw error
    }
    peer.once('close', leave)
    if (stopped !== undefined) end(stopped)
    await converse({
      socket: peer,
      stream,
      receive: messages && ((message) => messages.push(message)),
      binary: areBytes(entry.incoming),
      messageRate: settings.messageRate,
      keepAlive: settings.keepAlive,
      closeFor: (error) => closeFor(kernel.problemOf(error, exchange, entry.name), exchange.cid),
    })
  }

  return (exchange) => {
    const upgrades = exchange instanceof UpgradeExchange
    const match = found(table, exchange.path)
    if (match === undefined) return false
    if (!upgrades && context.table().allowed(exchange.path).length > 0) return false
    const { target, params } = match
    if (upgrades) void open(exchange, target, params).finally(() => exchange.end())
    else fail(exchange, refusalWithout(exchange), target, undefined)
    return true
  }
}

function found(table: RouteTable<Socket>, path: string): Match<Socket> | undefined {
  try {
    return table.find('GET', path)
  } catch {
    // The URL is malformed, as the one who answers instead finds out, too.
    return undefined
  }
}

/** What a request that asks for no upgrade is told (RFC 9110, 15.5.22). */
function refusalWithout(exchange: Exchange): Problem {
  const detail = `${exchange.base}${exchange.path} is a WebSocket`
  if (exchange.method !== 'GET' && exchange.method !== 'HEAD') {
    return problem('method_not_allowed', detail, { headers: { Allow: 'GET' } })
  }
  exchange.filter((outgoing) => {
    outgoing.headers.push('Connection', 'Upgrade')
    return outgoing
  })
  return problem('upgrade_required', detail, { headers: { Upgrade: 'websocket' } })
}

function incoming(
  { entry }: Socket,
  call: CallState,
  refuse: (reason: Problem, code: number) => void,
  peer: () => WebSocket | undefined,
): IncomingMessages | undefined {
  if (entry.incoming === undefined) return undefined
  const messages = new IncomingMessages({
    read: messageReader(entry.incoming, refuse, (raw) => entry.refuseMessage?.(raw, call.caller)),
    pause: () => peer()?.pause(),
    resume: () => peer()?.resume(),
  })
  CallState.receive(call, messages)
  return messages
}

async function serverOf({ messageLimit, protocols }: Settings): Promise<WebSocketServer> {
  const { WebSocketServer: Server } = await import('ws')
  const choose = (offered: Set<string>): string | false => protocols?.find((each) => offered.has(each)) ?? false
  return new Server({ noServer: true, clientTracking: false, maxPayload: messageLimit, handleProtocols: choose })
}
