import type { WebSocket, WebSocketServer } from 'ws'
import { CallState } from '../../kernel/call-state.ts'
import { ItemStream } from '../../kernel/item-stream.ts'
import { type Problem, problem } from '../../kernel/problem.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { ErrorSurroundings } from '../errors/error-renderer.ts'
import { errorReplier } from '../errors/error-reply.ts'
import type { ErrorSettings } from '../errors/error-settings.ts'
import { problemText } from '../errors/problem-text.ts'
import type { Exchange } from '../exchange.ts'
import type { Gate, GateContext } from '../feature.ts'
import { handshakeGateOf } from '../gates.ts'
import { type Gather, gatherer } from '../input/gather.ts'
import type { RestChannel } from '../rest-channel.ts'
import { sharedSettings } from '../rest-channels.ts'
import { prefixed } from '../route/prefix.ts'
import { routeTable } from '../route/route-table.ts'
import { UpgradeExchange } from '../server/upgrade-exchange.ts'
import { type Close, close, closeFor } from './close.ts'
import { converse } from './conversation.ts'
import { handshakeFault } from './handshake.ts'
import { IncomingMessages } from './incoming-messages.ts'
import { messageReader } from './message-reader.ts'
import { handshakeChannel, isWebSocketChannel, type WebSocketSettings } from './websocket-channel.ts'

const defaults = { messageLimit: 1024 * 1024, keepAlive: 30_000, invalid: 'close' } as const

interface Socket {
  readonly entry: RegisteredService
  readonly settings: WebSocketSettings & Required<Pick<WebSocketSettings, keyof typeof defaults>>
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
  errors: ErrorSettings,
  surroundings: ErrorSurroundings,
): AnswerSocket | undefined {
  const { kernel } = context
  const routes = kernel.services.flatMap((entry) =>
    entry.channels.filter(isWebSocketChannel).map((declared) => {
      const path = prefixed(sharedSettings(entry, context.defaults).prefix, declared.path)
      const channel = handshakeChannel({ ...declared, path })
      const settings = { ...defaults, ...declared.options }
      const gather = gatherer(entry, channel)
      const serve = (): void => {}
      const gate = handshakeGateOf({ channel, entry, gather, serve }, context)
      const socket: Socket = { entry, settings, gather, gate, open: 0, server: undefined }
      return { channel, service: entry.name, target: socket }
    }),
  )
  const rest = kernel.services.flatMap((entry) => messageFaults(entry))
  const table = routeTable(routes, [...rest, ...routes.flatMap(({ channel, target }) => faults(channel, target))])
  if (routes.length === 0) return undefined
  const refuse = errorReplier(errors, surroundings)
  const tell = problemText(errors, surroundings)

  const open = async (exchange: UpgradeExchange, socket: Socket, params: readonly string[]): Promise<void> => {
    const { entry, settings } = socket
    const fault = handshakeFault(exchange, settings)
    if (fault !== undefined) throw fault
    if (socket.open >= (settings.connectionLimit ?? Number.POSITIVE_INFINITY)) {
      throw problem('unavailable', 'There are too many connections', { headers: { 'Retry-After': '10' } })
    }
    socket.open++
    exchange.onFinish(() => socket.open--)
    const call = kernel.begin(entry, exchange)
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
    socket.server ??= await serverOf(settings)
    peer = await exchange.upgrade(socket.server)
    peer.once('close', leave)
    if (stopped !== undefined) end(stopped)
    await converse({
      socket: peer,
      stream,
      receive: messages && ((message) => messages.push(message)),
      messageRate: settings.messageRate,
      keepAlive: settings.keepAlive,
      closeFor: (error) => closeFor(kernel.problemOf(error, exchange, entry.name), exchange.cid),
    })
  }

  const fail = (exchange: Exchange, error: unknown, service: string): void => {
    if (exchange instanceof UpgradeExchange && exchange.upgraded) exchange.cut()
    else void refuse(exchange, kernel.problemOf(error, exchange, service))
  }

  return (exchange) => {
    if (!(exchange instanceof UpgradeExchange) && context.table().allowed(exchange.path).length > 0) return false
    let match: ReturnType<typeof table.find>
    try {
      match = table.find('GET', exchange.path)
    } catch {
      return false
    }
    if (match === undefined) return false
    const { target, params } = match
    if (exchange instanceof UpgradeExchange) {
      const done = open(exchange, target, params)
      done.catch((error: unknown) => fail(exchange, error, target.entry.name)).finally(() => exchange.end())
    } else void refuseWithout(exchange, refuse)
    return true
  }
}

/** What a request that asks for no upgrade is told (RFC 9110, 15.5.22). */
function refuseWithout(exchange: Exchange, refuse: ReturnType<typeof errorReplier>): unknown {
  if (exchange.method !== 'GET' && exchange.method !== 'HEAD') {
    const options = { headers: { Allow: 'GET' } }
    return refuse(exchange, problem('method_not_allowed', `${exchange.path} is a WebSocket`, options))
  }
  exchange.filter((outgoing) => {
    outgoing.headers.push('Connection', 'Upgrade')
    return outgoing
  })
  const options = { headers: { Upgrade: 'websocket' } }
  return refuse(exchange, problem('upgrade_required', `${exchange.path} is a WebSocket`, options))
}

function incoming(
  { entry }: Socket,
  call: CallState,
  refuse: (reason: Problem, code: number) => void,
  peer: () => WebSocket | undefined,
): IncomingMessages | undefined {
  if (entry.incoming === undefined) return undefined
  const messages = new IncomingMessages({
    read: messageReader(entry.incoming, refuse),
    pause: () => peer()?.pause(),
    resume: () => peer()?.resume(),
  })
  CallState.receive(call, messages)
  return messages
}

async function serverOf({ messageLimit, protocols }: Socket['settings']): Promise<WebSocketServer> {
  const { WebSocketServer: Server } = await import('ws')
  const choose = (offered: Set<string>): string | false => protocols?.find((each) => offered.has(each)) ?? false
  return new Server({ noServer: true, clientTracking: false, maxPayload: messageLimit, handleProtocols: choose })
}

function faults({ address }: RestChannel, { entry, settings }: Socket): string[] {
  const channel = `${address} (${entry.name})`
  const found: string[] = []
  if (entry.items === undefined) found.push(`${channel} sends messages: give it an 'output' that is a stream(...)`)
  for (const name of ['messageLimit', 'messageRate', 'connectionLimit', 'keepAlive'] as const) {
    const value = settings[name]
    if (value !== undefined && !(value > 0)) found.push(`the ${name} of ${channel} is ${value}: give a number above 0`)
  }
  return found
}

/** Messages reach a service on no other channel. */
function messageFaults({ name, incoming: model, channels }: RegisteredService): string[] {
  if (model === undefined) return []
  const others = channels.filter((each) => !isWebSocketChannel(each))
  return others.map(
    ({ address }) => `${address} (${name}) carries no messages of clients, but the service has 'incoming'`,
  )
}
