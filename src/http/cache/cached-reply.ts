import type { CallState } from '../../kernel/call-state.ts'
import { type Awaitable, whenReady } from '../../kernel/chain.ts'
import { problem } from '../../kernel/problem.ts'
import { entityTag } from '../conditional/entity-tag.ts'
import { tagsOf } from '../conditional/paired-channel.ts'
import type { Exchange, Filter, Outgoing } from '../exchange.ts'
import type { Endpoint, Gate, GateContext, Passed } from '../feature.ts'
import { defaultBodyLimit } from '../input/body-reader.ts'
import { headerIn, withoutHeaders } from '../reply/header-list.ts'
import { addVary } from '../reply/vary.ts'
import { cacheKey } from './cache-key.ts'
import type { CacheOptions } from './cache-settings.ts'
import type { CacheEntry } from './cache-store.ts'
import { lifetime } from './cacheable.ts'
import { dependence } from './dependence.ts'
import { plainPath } from './purge-path.ts'
import { type RequestDirectives, requestDirectives } from './request-directives.ts'
import { type Flight, stateOf, takeOff } from './response-cache.ts'
import { safeStore } from './safe-store.ts'
import { withinTime } from './within-time.ts'

/** One call, as the cache sees it. */
interface Question {
  readonly exchange: Exchange
  readonly key: string
  readonly asked: RequestDirectives
}

/** What a reply says of where it came from. */
type Mark = 'Hit' | 'Miss' | 'Bypass'

/** Compiles how a channel answers from the cache, and keeps its replies. Calls with one question wait for one reply. */
export function cachedReply(endpoint: Endpoint, options: CacheOptions, { kernel, cache, routes }: GateContext): Gate {
  const { channel, entry } = endpoint
  const { wait = 15_000, storeOnSecond = false } = options
  const parts = dependence(endpoint, options)
  const state = stateOf(cache)
  const store = safeStore(state.store, kernel.log)
  const keyOf = cacheKey(endpoint, options, parts)
  const channels = routes.map((route) => route.channel)
  const tags = tagsOf(channel, channels)
  const limit = channel.options.bodyLimit ?? defaultBodyLimit
  const now = (): number => kernel.clock.now().getTime()

  const answers = (method: string): boolean =>
    method === 'GET' || method === 'HEAD' || method === 'QUERY' || (method === 'POST' && options.body === true)

  const ask = (question: Question): Passed => {
    const { key, asked } = question
    return whenReady(asked.renew ? undefined : store.get(key), (found) => {
      const usable = found !== undefined && isUsable(found, asked, now())
      if (usable) return answer(question, found)
      if (asked.onlyKept) throw problem('not_cached')
      const flight = asked.renew ? undefined : state.joinable.get(key)
      return flight === undefined ? lead(question) : follow(question, flight)
    })
  }

  const answer = ({ exchange }: Question, { status, headers, body, storedAt }: CacheEntry): Passed => {
    const age = Math.max(0, Math.floor((now() - storedAt) / 1000))
    const own = ['X-Correlation-ID', exchange.cid, 'Age', String(age), 'X-Cache', 'Hit' satisfies Mark]
    return whenReady(exchange.reply(status, [...headers, ...own], body), () => 'answered')
  }

  const follow = async (question: Question, flight: Flight): Promise<'answered' | undefined> => {
    const landed = await withinTime(flight.landed, wait)
    // One of those who waited flies again; a client that went away says nothing about the service.
    if (landed === 'gone') return await ask(question)
    if (landed !== undefined && landed !== 'uncacheable') return await answer(question, landed)
    return pass(question.exchange, 'Miss')
  }

  const lead = (question: Question): undefined => {
    const { exchange, key } = question
    // Only GET is sure to have the content that HEAD leaves out.
    if (exchange.method === 'HEAD') return pass(exchange, 'Miss')
    const flight = takeOff(state, key, exchange.path, entry.name)
    exchange.filter((outgoing) => land(question, flight, marked(outgoing, 'Miss')))
    return undefined
  }

  const land = ({ exchange, key }: Question, flight: Flight, outgoing: Outgoing): Awaitable<Outgoing> => {
    const seconds = exchange.failed ? 0 : lifetime(outgoing, options, parts.headers)
    if (seconds === 0) {
      flight.land(exchange.gone ? 'gone' : 'uncacheable')
      return outgoing
    }
    const kept = entryOf(outgoing, exchange, seconds)
    const keep = !flight.outdated && (!storeOnSecond || wasAskedFor(key))
    return whenReady(keep ? store.set(key, kept) : undefined, () => {
      // What was kept while it was being dropped must go, too.
      const again = keep && flight.outdated ? store.delete(key) : undefined
      return whenReady(again, () => {
        flight.land(kept)
        return outgoing
      })
    })
  }

  const entryOf = (outgoing: Outgoing, { path }: Exchange, seconds: number): CacheEntry => {
    const body = outgoing.body as CacheEntry['body']
    if (tags !== 'none' && body !== undefined && headerIn(outgoing.headers, 'etag') === undefined) {
      outgoing.headers.push('ETag', entityTag(body, tags === 'weak'))
    }
    const storedAt = now()
    return {
      status: outgoing.status,
      headers: withoutHeaders(outgoing.headers, ownToCall),
      body,
      storedAt,
      expiresAt: storedAt + seconds * 1000,
      service: entry.name,
      path: plainPath(path),
    }
  }

  /** Whether the same was asked within the time for which it is kept; remembers that it was asked now. */
  const wasAskedFor = (key: string): boolean => {
    const until = state.askedOnce.get(key)
    if (until !== undefined && until > now()) return true
    state.askedOnce.delete(key)
    state.askedOnce.set(key, now() + options.ttl * 1000)
    for (const oldest of state.askedOnce.keys()) {
      if (state.askedOnce.size <= 10_000) break
      state.askedOnce.delete(oldest)
    }
    return false
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

  return (exchange: Exchange, call: CallState): Passed => {
    if (!answers(exchange.method)) return undefined
    const asked = requestDirectives(exchange)
    if (asked.bypass) {
      if (asked.onlyKept) throw problem('not_cached')
      return pass(exchange, 'Bypass')
    }
    if (!parts.body && (exchange.method === 'GET' || exchange.method === 'HEAD')) {
      return ask({ exchange, asked, key: keyOf(exchange, call, undefined) })
    }
    return exchange.readAhead(limit).then((body) => ask({ exchange, asked, key: keyOf(exchange, call, body) }))
  }
}

/** Headers that belong to the one call, or to the way that its reply takes. */
const ownToCall: ReadonlySet<string> = new Set(['x-correlation-id', 'x-cache', 'age', 'connection', 'date'])

function isUsable({ storedAt, expiresAt }: CacheEntry, { maxAge, minFresh }: RequestDirectives, now: number): boolean {
  return now < expiresAt && now - storedAt <= maxAge * 1000 && expiresAt - now >= minFresh * 1000
}
