import { CallState } from '../../kernel/call-state.ts'
import { isPromise } from '../../kernel/chain.ts'
import type { Guards } from '../../kernel/guard.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { isProblem, type Problem, problem } from '../../kernel/problem.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { Exchange } from '../exchange.ts'
import { inputSources, type SourcedMember } from '../input/input-sources.ts'
import { renamedMembers, withSentNames } from '../input/sent-name.ts'
import type { RestChannel } from '../rest-channel.ts'
import type { ErrorSurroundings } from './error-renderer.ts'
import { errorReplier, type ReplyError } from './error-reply.ts'
import { translated } from './on-error.ts'

/** A channel, as far as its failures go. */
export interface Failing {
  readonly channel: RestChannel
  readonly entry: RegisteredService
  /** The members that are sent under another name than their own. */
  readonly renamed: readonly SourcedMember[]
  readonly refuse: ReplyError
}

/** Compiles how the failures of a channel are told. */
export function failingOf(channel: RestChannel, entry: RegisteredService, surroundings: ErrorSurroundings): Failing {
  const renamed = renamedMembers(inputSources(channel, entry.input))
  return { channel, entry, renamed, refuse: errorReplier(channel.options, surroundings) }
}

/** Answers an exchange with what was thrown: in a channel, or before any was found. It never throws. */
export type Fail = (exchange: Exchange, error: unknown, at: Failing | undefined, call: CallState | undefined) => void

/** Compiles it; `atMiss` tells how it is answered where no channel is, and `refused` is told of refusals. */
export function createFail(
  kernel: Kernel,
  surroundings: ErrorSurroundings,
  atMiss: (path: string) => ReplyError,
  refused?: Guards['refused'],
): Fail {
  const refusePlainly = errorReplier({}, surroundings)
  const fail: Fail = (exchange, error, at, call) => {
    const service = at?.entry.name
    const again = (fault: unknown): void => fail(exchange, fault, at, call)
    if (call !== undefined) finishLater(kernel, exchange, call, false)
    try {
      // A service that gives up because nobody waits for it does what it should.
      const givenUp = exchange.gone && isAbort(error)
      const thrown = givenUp ? problem('internal_error') : translated(at?.channel.options.onError, error, call)
      const reason = givenUp ? problem('internal_error') : kernel.problemOf(thrown, exchange, service)
      // What the client is told may hide that it was refused.
      const told = isProblem(error) && isRefusal(error) ? error : reason
      if (isRefusal(told)) refused?.(told, exchange, { service, channel: at?.channel.address })
      const refuse = at?.refuse ?? atMiss(exchange.path)
      const done = refuse(exchange, withSentNames(reason, at?.renamed ?? []))
      // A filter that fails is gone, so that this comes to an end.
      if (isPromise(done)) done.catch(again)
    } catch (fault) {
      // The problem cannot be sent as it is, or what was thrown cannot even be read.
      refusePlainly(exchange, kernel.problemOf(fault, exchange, service))
    }
  }
  return fail
}

/** Has what a call leaves to be done be done behind its reply. */
export function finishLater(kernel: Kernel, exchange: Exchange, call: CallState, succeeded: boolean): void {
  if (CallState.hasMore(call)) exchange.onFinish(() => kernel.finish(call, succeeded))
}

const refusals: ReadonlySet<number | string> = new Set([401, 403, 429, 'several_credentials', 'idempotency_key_reused'])

/** Whether a problem says who may not call, or not so often; what a client has got wrong otherwise does not count. */
function isRefusal({ status, code }: Problem): boolean {
  return refusals.has(status) || refusals.has(code)
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
