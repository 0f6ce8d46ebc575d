import { halves } from './cookies/set-cookie.ts'
import { type CallName, HttpError } from './errors.ts'
import { keptBody } from './kept-body.ts'
import { linksByRel, parseLinks } from './pages/links.ts'
import { problemIn } from './problem.ts'
import { charsetOf, readingsOf } from './readings.ts'
import type { RedirectStep, Reply } from './reply.ts'
import type { HeaderSettings } from './settings.ts'
import type { Budget } from './timeouts.ts'
import { type BodyWatch, watchedBody } from './watched-body.ts'

/** What is known of a call when its reply has come. */
export interface ReplyAbout extends Omit<BodyWatch, 'call'> {
  readonly call: CallName
  readonly history: readonly RedirectStep[]
  readonly elapsed: number
  readonly budget: Budget
  readonly envelope: 'none' | 'meta'
  /** What is thrown instead of an error, when all have been told of it. */
  readonly told: (error: unknown) => Promise<unknown>
  /** The signal that the caller has given. */
  readonly caller: AbortSignal | undefined
  /** Makes the call once more, with these headers. */
  readonly again: (headers: HeaderSettings) => Promise<Reply>
}

/** The reply, as the caller gets it. */
export function makeReply<T>(response: Response, about: ReplyAbout): Reply<T> {
  const { history, elapsed, budget, told } = about
  const { status, statusText, headers } = response
  // A browser that has followed redirects says where they led.
  const call = { method: about.call.method, url: response.redirected ? response.url : about.call.url }
  const body = keptBody(watchedBody(response, { ...about, call }), call, budget, () =>
    about.giveUp(new DOMException('The reply was discarded', 'AbortError')),
  )
  const type = headers.get('content-type') ?? ''
  const encoding = charsetOf(type)
  const discard = () => body.discard()
  const reply: Reply<T> = {
    ...readingsOf<T>(body, { ...about, call, type, encoding, status, reply: () => reply }),
    ...call,
    status,
    statusText,
    ok: status > 0 && status < 400,
    headers,
    elapsed,
    history,
    encoding,
    get links() {
      return linksByRel(parseLinks(headers.get('link'), call.url))
    },
    get cookies() {
      return Object.fromEntries(
        headers.getSetCookie().flatMap((each) => {
          const [name, value] = halves(each.split(';')[0] ?? '')
          return value === undefined ? [] : [[name, value]]
        }),
      )
    },
    stream: () => body.stream(),
    raiseForStatus: async () => {
      if (reply.ok) return reply
      throw await told(new HttpError(reply, await problemOf(reply, type)))
    },
    discard,
    [Symbol.asyncDispose]: discard,
  }
  return reply
}

/** The problem that a reply tells of. What is neither JSON nor a text is left to who catches the error. */
async function problemOf(reply: Reply, type: string): Promise<ReturnType<typeof problemIn>> {
  if (!/json|^text\/|^$/i.test(type)) return undefined
  try {
    return problemIn(JSON.parse(await reply.text()))
  } catch {
    // The status is the news, whatever the body was to say.
    return undefined
  }
}
