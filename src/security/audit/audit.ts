import type { SecurityEvent } from '../../kernel/security-event.ts'
import type { SecurityHost } from '../host.ts'
import { type EventPage, type EventQuery, eventStore, type KeptEvent } from './event-store.ts'

/** What happens around security: told at once, logged, and kept. */
export interface Audit {
  /** Takes note of an event; it never fails, and writes nothing while the call waits. */
  readonly record: SecurityHost['report']
  /** The events that were kept, the newest first, with all that has happened until now. */
  readonly list: (query: EventQuery) => EventPage
  /** Writes what is not written yet. */
  readonly close: () => void
}

/** So long events are gathered before they are written, in milliseconds; those that are the same are one. */
const batch = 1_000

/** So many different events are told apart in that time; the others are one that says how many there were. */
const mostAtOnce = 1_000

interface Gathered {
  readonly event: SecurityEvent
  count: number
}

/** Makes it. */
export function createAudit({
  clock,
  log,
  data,
  report,
}: Pick<SecurityHost, 'clock' | 'log' | 'data' | 'report'>): Audit {
  const store = eventStore(data, () => clock.now().getTime())
  const gathered = new Map<string, Gathered>()
  let overflow: Gathered | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    const all = [...gathered.values(), ...(overflow === undefined ? [] : [overflow])]
    gathered.clear()
    overflow = undefined
    if (all.length === 0) return
    for (const { event, count } of all) if (count > 1) write(event, count - 1)
    try {
      store.add(all.map(({ event, count }): KeptEvent => ({ ...event, count })))
    } catch (error) {
      log.error({ err: error }, `${all.length} security events cannot be kept`)
    }
  }

  /** One line; `more` of what was logged a moment ago. */
  const write = ({ at: _at, ...event }: SecurityEvent, more?: number): void => {
    const fields = more === undefined ? event : { ...event, count: more }
    const line = more === undefined ? sentence(event) : `${sentence(event)}: ${more} more`
    if (isRefusal(event)) log.warn(fields, line)
    else log.info(fields, line)
  }

  const tell = (event: Omit<SecurityEvent, 'at'>): void => {
    try {
      report(event)
    } catch (error) {
      log.error({ err: error, cid: event.cid }, 'onSecurityEvent failed')
    }
  }

  return {
    record: (given) => {
      tell(given)
      const event = { ...given, at: clock.now().toISOString() }
      const key = isRefusal(event) ? sameness(event) : `${gathered.size}`
      const same = gathered.get(key)
      if (same !== undefined) same.count += 1
      else if (gathered.size < mostAtOnce || !isRefusal(event)) {
        gathered.set(key, { event, count: 1 })
        write(event)
      } else {
        overflow ??= { event: { type: 'events.summed-up', at: event.at, cid: undefined, detail: summed }, count: 0 }
        overflow.count += 1
      }
      if (!closed) timer ??= setTimeout(flush, batch).unref()
    },
    list: (query) => {
      flush()
      return store.list(query)
    },
    close: () => {
      flush()
      closed = true
      store.close()
    },
  }
}

const summed = 'refused calls that are not told one by one, since there were too many at once'

/** Whether somebody was kept out, or ought to have been; anything else is a change. */
function isRefusal({ type, code }: Pick<SecurityEvent, 'type' | 'code'>): boolean {
  return code !== undefined || /^(?:call|events)\.|\.(?:failed|refused|reused|locked|blocked)$/.test(type)
}

function sameness({ type, code, channel, address, definition }: SecurityEvent): string {
  return `${type} ${code} ${channel} ${address} ${definition}`
}

function sentence({ type, code, channel, subject, definition }: Omit<SecurityEvent, 'at'>): string {
  const what = [type, code, channel ?? subject ?? definition].filter((each) => each !== undefined)
  return what.join(' ')
}
