import { randomUUID } from 'node:crypto'
import type { CallState } from '../../kernel/call-state.ts'
import type { ClaimOutcome, IdempotencyStore, KeyClaim } from '../../kernel/idempotency-store.ts'
import { problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import type { Endpoint, Gate, GateContext } from '../feature.ts'
import { defaultBodyLimit } from '../input/body-reader.ts'
import type { Reply } from '../reply/reply.ts'
import type { RestChannel } from '../rest-channel.ts'
import { fingerprint, scopedKey } from './fingerprint.ts'
import { heldKey, lease } from './held-key.ts'
import { longestKey, readKey } from './idempotency-key.ts'
import type { IdempotencyOptions } from './idempotency-settings.ts'
import { idempotencyOf, isUnsafe } from './idempotent-channel.ts'
import { keptReply, replayedHeaders } from './kept-reply.ts'

/** Exchanges whose service has run to its end, so that what it did is there to stay. */
const done = new WeakSet<Exchange>()

/** Notes of each call of an idempotent channel that its service has run to its end. */
export function notingDone(reply: Reply, channel: RestChannel): Reply {
  if (idempotencyOf(channel) === undefined) return reply
  return (exchange, call, output) => {
    done.add(exchange)
    return reply(exchange, call, output)
  }
}

/** Compiles how the calls of a channel that have a key are done once. */
export function once(
  endpoint: Endpoint,
  { required, expiry, maxBytes }: Required<IdempotencyOptions>,
  store: IdempotencyStore,
  { kernel }: GateContext,
): Gate {
  const fingerprintOf = fingerprint(endpoint)
  const { bodyLimit = defaultBodyLimit, uploads } = endpoint.channel.options
  const limit = Math.max(bodyLimit, uploads?.requestLimit ?? 0)

  const begin = async (exchange: Exchange, call: CallState, key: string): Promise<'answered' | undefined> => {
    const body = exchange.bodyLength === 0 ? nothing : await exchange.readAhead(limit)
    const claim: KeyClaim = { key: scopedKey(call.caller, key), owner: randomUUID() }
    const begun = await begunIn(store, claim, fingerprintOf(exchange, call.caller, body))
    if (begun === 'new') {
      settleWith(exchange, call, claim)
      return undefined
    }
    if (typeof begun === 'string') throw refusals[begun]()
    const { status } = begun
    exchange.failed = status > 399
    await exchange.reply(status, replayedHeaders(begun, exchange), begun.body)
    return 'answered'
  }

  /** What the call did counts as soon as its service has ended well, whatever becomes of the reply. */
  const settleWith = (exchange: Exchange, { cid, service }: CallState, claim: KeyClaim): void => {
    const held = heldKey(store, claim, kernel.log.child({ cid, service }))
    exchange.filter(async (outgoing) => {
      const counts = done.has(exchange) || (!exchange.failed && outgoing.status < 400)
      if (counts) await held.finish(keptReply(outgoing, maxBytes), Math.ceil(expiry * 1000))
      else await held.release()
      return outgoing
    })
  }

  return (exchange, call) => {
    if (!isUnsafe(exchange.method)) return undefined
    const header = exchange.headers['idempotency-key']
    if (header === undefined) {
      if (required) throw problem('idempotency_key_missing', 'Calls here need an Idempotency-Key header')
      return undefined
    }
    const key = readKey(header)
    if (key === undefined) {
      const detail = `The Idempotency-Key is one text of 1 to ${longestKey} visible ASCII characters, in double quotes or without`
      throw problem('bad_request', detail)
    }
    return begin(exchange, call, key)
  }
}

const nothing = new Uint8Array(0)

const refusals = {
  'other payload': () => problem('idempotency_key_reused', 'The key belongs to a call that was different'),
  'in progress': () =>
    problem('idempotency_in_progress', 'The call with this key has not ended', { headers: { 'Retry-After': '1' } }),
  'not kept': () => problem('conflict', 'The call with this Idempotency-Key has been done; its reply was not kept'),
}

/** Nothing is done of which nobody could know later that it was. */
async function begunIn(store: IdempotencyStore, claim: KeyClaim, fingerprint: string): Promise<ClaimOutcome> {
  try {
    return await store.begin(claim, fingerprint, lease)
  } catch (cause) {
    throw problem('unavailable', 'The store for idempotency keys does not answer; nothing was done', { cause })
  }
}
