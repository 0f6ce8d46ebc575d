import type { Awaitable } from '../../kernel/chain.ts'
import type { Problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import { addHeaders, checkReplyHeader } from '../reply/reply-header.ts'
import { checkStatus, headersOf } from '../reply/send.ts'
import { addVary } from '../reply/vary.ts'
import type { RestDefaults } from '../rest-channel.ts'
import { type ErrorSurroundings, errorRenderer } from './error-renderer.ts'
import { keptHeaders } from './kept-headers.ts'
import { prefersXml, problemXml, tellsXml } from './problem-xml.ts'

/**
 * Sends a problem.
 *
 * @throws Error when the problem's status or headers are none that a reply can have; nothing is sent then.
 */
export type ReplyError = (exchange: Exchange, problem: Problem) => Awaitable<void>

/** Compiles how the problems of a channel are sent: shape, status, and the headers that its successes have too. */
export function errorReplier(settings: RestDefaults, surroundings?: ErrorSurroundings): ReplyError {
  const render = errorRenderer(settings, surroundings)
  const inXml = tellsXml(settings) ? errorRenderer(settings, surroundings, problemXml) : undefined
  const wantsXml = prefersXml(settings)
  const constant = keptHeaders(Object.entries(settings.headers ?? {}).flat())
  return (exchange, problem) => {
    checkStatus(problem.status, 400)
    exchange.failed = true
    const { method, path, prefix, cid } = exchange
    const type = exchange.headers['content-type'] as string | undefined
    const told = inXml !== undefined && wantsXml(exchange) ? inXml : render
    const { status, type: sent, body, headers: own } = told(problem, { method, path, prefix, cid, type })
    const headers = headersOf(exchange, sent, body)
    addHeaders(headers, constant)
    addHeaders(headers, keptHeaders(exchange.replyHeaders))
    for (const [name, value] of Object.entries(own)) {
      checkReplyHeader(name, value)
      addHeaders(headers, [name, value])
    }
    if (inXml !== undefined && settings.accept !== 'ignore') addVary(headers, 'Accept')
    return exchange.reply(status, headers, body)
  }
}
