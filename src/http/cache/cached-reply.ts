import type { CallState } from '../../kernel/call-state.ts'
import { type Awaitable, whenReady } from '../../kernel/chain.ts'
import { problem } from '../../kernel/problem.ts'
import { keepForms } from '../compress/kept-forms.ts'
import { entityTag } from '../conditional/entity-tag.ts'
import { tagsOf } from '../conditional/paired-channel.ts'
import type { Exchange, Filter, Outgoing } from '../exchange.ts'
import type { Endpoint, Gate, GateContext, Passed } from '../feature.ts'
import { defaultBodyLimit } from '../input/body-reader.ts'
import { headerIn, withoutHeaders } from '../reply/header-list.ts'
import { addVary } from '../reply/vary.ts'
import { wasAskedFor } from './asked-once.ts'
import { cacheKey } from './cache-key.ts'
import type { CacheOptions } from './cache-settings.ts'
import type { CacheEntry } from './cache-store.ts'
import { lifetime } from './cacheable.ts'
import { dependence } from './dependence.ts'
import { entryForms } from './entry-forms.ts'
import { isFresh, isWithin, staleFor, takesStale } from './freshness.ts'
import { plainPath } from './purge-path.ts'
import { refreshBehind } from './refresh.ts'
import { type RequestDirectives, requestDirectives } from './request-directives.ts'
import { type Flight, stateOf, takeOff } from './response-cache.ts'
import { safeStore } from './safe-store.ts'
import { withinTime } from './within-time.ts'

/** One call, as the cache sees it. */
interface Question {
  readonly exchange: Exchange
  readonly key: string
  readonly asked: RequestDirectives
  /** Makes a new reply behind the one to this call; what has a body is not asked again. */
  readonly again?: () => void
}

/** What a reply says of where it came from. */
type Mark = 'Hit' | 'Stale' | 'Miss' | 'Bypass'

/** Compiles how a channel answers from the cache, and keeps its replies. Calls with one question wait for one reply. */
export function cachedReply(endpoint: Endpoint, options: CacheOptions, context: GateContext): Gate {
  const { kernel, cache, routes } = context
  const { channel, entry } = endpoint
  const { wait = 15_000, storeOnSecond = false, staleWhileRevalidate = 0, staleIfError = 0 } = options
  const useful = Math.max(staleWhileRevalidate, staleIfError)
  const parts = dependence(endpoint, options)
  const state = stateOf(cache)
  const store = safeStore(state.store, kernel.log)
  const keyOf = cacheKey(endpoint, options, parts)
  const channels = routes.map((route) => route.channel)
  const tags = tagsOf(channel, channels)
  const { bodyLimit: limit = defaultBodyLimit, compress = false } = channel.options
  const now = (): number => kernel.clock.now().getTime()

  const answers = (method: string): boolean =>
    method === 'GET' || method === 'HEAD' || method === 'QUERY' || (method === 'POST' && options.body === true)

  const ask = (question: Question): Passed => {
    const { key, asked, again } = question
    return whenReady(asked.renew ? undefined : store.get(key), (found) => {
      if (found !== undefined && isFresh(found, asked, now())) return answer(question, found)
      const stale = found !== undefined && takesStale(found, asked, now()) ? found : undefined
      if (stale !== undefined && again !== undefined && isWithin(stale, staleWhileRevalidate, now())) {
        return whenReady(answer(question, stale), (answered) => {
          again()
          return answered
        })
      }
      if (asked.onlyKept) throw problem('not_cached')
      const flight = asked.renew ? undefined : state.joinable.get(key)
      return flight === undefined ? lead(question, stale) : follow(question, flight)
    })
  }

  const answer = ({ exchange, key }: Question, kept: CacheEntry): Passed => {
    const { status, headers, body } = handedOut(exchange, key, kept)
    return whenReady(exchange.reply(status, headers, body), () => 'answered')
  }

  const handedOut = ({ cid }: Exchange, key: string, kept: CacheEntry): Outgoing => {
    const { status, headers, body, storedAt, freshUntil } = kept
    if (body instanceof Uint8Array && state.inMemory) keepForms(body, entryForms(store, key, kept))
    const age = Math.max(0, Math.floor((now() - storedAt) / 1000))
    const mark: Mark = now() < freshUntil ? 'Hit' : 'Stale'
    return { status, headers: [...headers, 'X-Correlation-ID', cid, 'Age', String(age), 'X-Cache', mark], body }
  }

  /** Makes a new reply behind the one to a call, unless another call is making it already. */
  const renew = (exchange: Exchange, call: CallState, params: readonly string[], key: string): void => {
    if (state.joinable.has(key)) return
    const flight = takeOff(state, key, exchange.path, entry.name)
    refreshBehind(endpoint, context, exchange, call, params, (inner) => (outgoing) => {
      return land(inner, key, flight, marked(outgoing, 'Miss'), true)
    })
  }

  const follow = async (question: Question, flight: Flight): Promise<'answered' | undefined> => {
    const landed = await withinTime(flight.landed, wait)
    // One of those who waited flies again; a client that went away says nothing about the service.
    if (landed === 'gone') return await ask(question)
    if (landed !== undefined && landed !== 'uncacheable') return await answer(question, landed)
    return pass(question.exchange, 'Miss')
  }

  const lead = (question: Question, stale: CacheEntry | undefined): undefined => {
    const { exchange, key } = question
    // Only GET is sure to have the content that HEAD leaves out.
    const flight = exchange.method === 'HEAD' ? undefined : takeOff(state, key, exchange.path, entry.name)
    exchange.filter((outgoing) => {
      const usable = stale !== undefined && isWithin(stale, staleIfError, now()) && flight?.outdated !== true
      if (usable && outgoing.status > 499 && !exchange.gone) {
        flight?.land(stale)
        exchange.failed = false
        return handedOut(exchange, key, stale)
      }
      const made = marked(outgoing, 'Miss')
      return flight === undefined ? made : land(exchange, key, flight, made)
    })
    return undefined
  }

  const land = (
    exchange: Exchange,
    key: string,
    flight: Flight,
    outgoing: Outgoing,
    again: boolean = false,
  ): Awaitable<Outgoing> => {
    const seconds = exchange.failed ? 0 : lifetime(outgoing, options, parts.headers)
    if (seconds === 0) {
      flight.land(exchange.gone ? 'gone' : 'uncacheable')
      return outgoing
    }
    const kept = entryOf(outgoing, exchange, seconds)
    const asked = !storeOnSecond || again || wasAskedFor(state.askedOnce, key, now(), options.ttl * 1000)
    const keep = asked && !flight.outdated
    return whenReady(keep ? store.set(key, kept) : undefined, () => {
      // What was kept while it was being dropped must go, too.
      const dropped = keep && flight.outdated ? store.delete(key) : undefined
      return whenReady(dropped, () => {
        flight.land(kept)
        return outgoing
      })
    })
  }

  const entryOf = (outgoing: Outgoing, { path }: Exchange, seconds: number): CacheEntry => {
    const given = outgoing.body as CacheEntry['body']
    // What is compressed has its forms beside it, which are found by the bytes.
    const body = compress && typeof given === 'string' ? Buffer.from(given) : given
    if (tags !== 'none' && body !== undefined && headerIn(outgoing.headers, 'etag') === undefined) {
      outgoing.headers.push('ETag', entityTag(body, tags === 'weak'))
    }
    const storedAt = now()
    const freshUntil = storedAt + seconds * 1000
    return {
      status: outgoing.status,
      headers: withoutHeaders(outgoing.headers, ownToCall),
      body,
      storedAt,
      freshUntil,
      expiresAt: freshUntil + staleFor(outgoing.headers, useful) * 1000,
      service: entry.name,
      path: plainPath(path),
    }
  }

  const marked = (outgoing: Outgoing, mark: Mark): Outgoing => {
    outgoing.headers.push('X-Cache', mark)
    if (parts.headers.length > 0) addVary(outgoing.headers, ...parts.headers)
    return outgoing
  }
  const filters: Readonly<Record<'Miss' | 'Bypass', Filter>> = {
    Miss: (outgoing) => marked(outgoing, 'Miss'),
    Bypass: (outgoing) => marked(outgoing, 'Bypass'),
  }
  const pass = (exchange: Exchange, mark: 'Miss' | 'Bypass'): undefined => {
    exchange.filter(filters[mark])
    return undefined
  }

  return (exchange, call, params) => {
    if (!answers(exchange.method)) return undefined
    const asked = requestDirectives(exchange)
    if (asked.bypass) {
      if (asked.onlyKept) throw problem('not_cached')
      return pass(exchange, 'Bypass')
    }
    if (!parts.body && (exchange.method === 'GET' || exchange.method === 'HEAD')) {
      const key = keyOf(exchange, call, undefined)
      return ask({ exchange, asked, key, again: () => renew(exchange, call, params, key) })
    }
    return exchange.readAhead(limit).then((body) => ask({ exchange, asked, key: keyOf(exchange, call, body) }))
  }
}

/** Headers that belong to the one call, or to the way that its reply takes. */
const ownToCall: ReadonlySet<string> = new Set(['x-correlation-id', 'x-cache', 'age', 'connection', 'date'])
