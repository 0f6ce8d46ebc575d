import { BodyError, type CallName } from './errors.ts'
import type { KeptBody } from './kept-body.ts'
import { isObject } from './problem.ts'
import { jsonLines } from './read/json-lines.ts'
import { lines } from './read/lines.ts'
import { serverSentEvents } from './read/server-sent-events.ts'
import { checkedBy, type StandardSchema } from './read/standard.ts'
import type { Readings, Reply } from './reply.ts'
import type { HeaderSettings } from './settings.ts'
import type { ClientTime } from './time.ts'

/** What a reply says about its body. */
export interface BodyAbout {
  readonly call: CallName
  readonly status: number
  readonly type: string
  readonly encoding: string
  readonly envelope: 'none' | 'meta'
  /** The reply that is read. */
  readonly reply: () => Reply
  readonly time: ClientTime
  readonly caller: AbortSignal | undefined
  readonly again: (headers: HeaderSettings) => Promise<Reply>
}

/** The charset of a media type that can be decoded; UTF-8 if there is none. */
export function charsetOf(type: string): string {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type) ?? []
  try {
    return new TextDecoder(charset).encoding
  } catch {
    return 'utf-8'
  }
}

/** The ways to read a body. */
export function readingsOf<T>(body: KeptBody, about: BodyAbout): Readings<T> {
  const { call, type, encoding, envelope, time, caller: signal, again } = about
  const text = async (): Promise<string> => new TextDecoder(encoding).decode(await body.whole())

  async function json<Output>(schema?: StandardSchema<Output>): Promise<Output> {
    const data = unwrapped(parsed(await text(), about), envelope)
    return schema === undefined
      ? (data as Output)
      : checkedBy(schema, data, (what, issues) => new BodyError(call, `answered with what ${what}`, issues))
  }

  return {
    text,
    json,
    bytes: async () => (await body.whole()).slice(),
    blob: async () => new Blob([await body.whole()], { type }),
    formData: async () => {
      const response = new Response(await body.whole(), { headers: { 'content-type': type } })
      return response.formData().catch((error: unknown) => {
        throw new BodyError(call, `answered with no form, but with '${type}'`, [], { cause: error })
      })
    },
    lines: (options) => lines(body.stream(), options),
    items: (options) => jsonLines(body.stream(), options),
    events: ({ reopen, ...options } = {}) =>
      serverSentEvents(about.reply(), {
        signal,
        time,
        ...options,
        reopen: reopen === true ? (id) => again(id === '' ? {} : { 'last-event-id': id }) : reopen || undefined,
      }),
  }
}

function parsed(text: string, { call, status, type }: BodyAbout): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const what =
      text === ''
        ? `${status} with an empty body: await the reply without json(), and look at its status`
        : `with no JSON, but with '${text.length > 60 ? `${text.slice(0, 60)}…` : text}'${type && ` (${type})`}: check the address, or read it with text()`
    throw new BodyError(call, `answered ${what}`, [], { cause: error })
  }
}

function unwrapped(body: unknown, envelope: 'none' | 'meta'): unknown {
  return envelope === 'meta' && isObject(body) && 'meta' in body && 'data' in body ? body.data : body
}
