import { BodyError, type CallName } from './errors.ts'
import type { KeptBody } from './kept-body.ts'
import { jsonLines } from './read/json-lines.ts'
import { lines } from './read/lines.ts'
import { serverSentEvents } from './read/server-sent-events.ts'
import { issuesText, type StandardSchema } from './read/standard.ts'
import type { Readings } from './reply.ts'

/** What a reply says about its body. */
export interface BodyAbout {
  readonly call: CallName
  readonly type: string
  readonly encoding: string
  readonly envelope: 'none' | 'meta'
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
export function readingsOf<T>(body: KeptBody, { call, type, encoding, envelope }: BodyAbout): Readings<T> {
  const text = async (): Promise<string> => new TextDecoder(encoding).decode(await body.whole())

  async function json<Output>(schema?: StandardSchema<Output>): Promise<Output> {
    const data = unwrapped(parsed(await text(), call, type), envelope)
    return schema === undefined ? (data as Output) : checked(data, schema, call)
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
    lines: () => lines(body.stream()),
    items: (options) => jsonLines(body.stream(), options),
    // As a response, which tells its media type.
    events: (options) => serverSentEvents(new Response(body.stream(), { headers: { 'content-type': type } }), options),
  }
}

function parsed(text: string, call: CallName, type: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const what = text === '' ? 'an empty body' : `'${text.length > 60 ? `${text.slice(0, 60)}…` : text}'`
    throw new BodyError(call, `answered with no JSON, but with ${what}${type && ` (${type})`}`, [], { cause: error })
  }
}

function unwrapped(body: unknown, envelope: 'none' | 'meta'): unknown {
  const isWrapped = typeof body === 'object' && body !== null && 'meta' in body && 'data' in body
  return envelope === 'meta' && isWrapped ? body.data : body
}

async function checked<Output>(data: unknown, schema: StandardSchema<Output>, call: CallName): Promise<Output> {
  const found = await schema['~standard'].validate(data)
  if (found.issues === undefined) return found.value
  throw new BodyError(call, `answered with what does not fit the schema: ${issuesText(found.issues)}`, found.issues)
}
