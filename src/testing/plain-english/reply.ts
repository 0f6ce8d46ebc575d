import { Expectation } from './expectation.ts'
import type { BodyFormat } from './request-draft.ts'
import { deepestJson, isTooDeep, jsonText, parseJson } from './values/json-text.ts'

/** What came back for a request, whole. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  /** The body as text, in the charset that it says, UTF-8 otherwise. */
  readonly text: string
  /**
   * The body as the response format says: the text of XML and of what is raw, the fields of a form, JSON otherwise.
   *
   * @throws Expectation when it is no JSON
   */
  readonly data: unknown
  /** The method of the request that it answers, after redirects. */
  readonly method: string
  /** Where it came from, after redirects. */
  readonly url: URL
  /** Where the request was sent on from, in order; empty when it was answered at once. */
  readonly redirects: readonly URL[]
  /** From sending to the last byte, in milliseconds; with those of redirects. */
  readonly milliseconds: number
}

/** A reply that a server has given, before it is read. */
export interface Answer extends Omit<Reply, 'text' | 'data' | 'bytes'> {
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Reads an answer in a format. */
export function replyOf(answer: Answer, format: BodyFormat | undefined): Reply {
  let text: string | undefined
  let data: { readonly value: unknown } | undefined
  return {
    ...answer,
    get text() {
      text ??= decodedText(answer)
      return text
    },
    get data() {
      data ??= { value: dataOf(this, format) }
      return data.value
    },
  }
}

/** A reply that has other data, and else all of another: for checks of a part of it. */
export function replyWithData(reply: Reply, data: unknown): Reply {
  const { status, headers, method, url, redirects, milliseconds } = reply
  return {
    ...{ status, headers, method, url, redirects, milliseconds, data },
    get text() {
      return jsonText(data) ?? ''
    },
    get bytes() {
      return new TextEncoder().encode(this.text)
    },
  }
}

/** The media type of a reply in small letters, without its parameters; empty when it has none. */
export function mediaType({ headers }: Pick<Reply, 'headers'>): string {
  return (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

/** A body as reports show it: its text, or a note in brackets where it is none. */
export function shownBody(body: Pick<Answer, 'headers' | 'bytes'>): string {
  const { bytes } = body
  const type = mediaType(body)
  const isNoText = bytes.length > 0 && isBinary(bytes, type)
  return isNoText ? `[${bytes.length} bytes of ${type || 'an unknown type'}]` : decodedText(body)
}

const textual = /^text\/|[/+](json|xml|yaml|javascript|x-www-form-urlencoded|jsonl|x-ndjson|json-seq)$/

function isBinary(bytes: Uint8Array, type: string): boolean {
  return !textual.test(type) && (bytes.subarray(0, 1024).includes(0) || !isUtf8(bytes))
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // A stream, since the end of what is looked at may cut a letter.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, 64 * 1024), { stream: true })
    return true
  } catch {
    return false
  }
}

/** A body as text, in the charset that its headers say. */
export function decodedText({ headers, bytes }: Pick<Answer, 'headers' | 'bytes'>): string {
  const [, charset = 'utf-8'] = /;\s*charset="?([^\s";]+)/i.exec(headers.get('content-type') ?? '') ?? []
  return decoder(charset).decode(bytes)
}

function decoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

function dataOf(reply: Pick<Reply, 'text' | 'headers'>, format: BodyFormat | undefined): unknown {
  const { text } = reply
  if (format === 'xml' || format === 'raw') return text
  if (format === 'form') return fieldsOf(text)
  if (isTooDeep(text)) {
    const type = mediaType(reply)
    throw new Expectation(
      `The response${type === '' ? '' : ` (${type})`} is nested more than ${deepestJson} levels deep, further than checks look: check its text with 'the response contains "…"'`,
    )
  }
  try {
    return parseJson(text)
  } catch {
    throw new Expectation(notJson(text, mediaType(reply)))
  }
}

function notJson(text: string, type: string): string {
  if (text === '') return 'The response is empty, so that there is no JSON in it'
  const start = text.length > 60 ? `${text.slice(0, 60)}…` : text
  const said = type === '' ? '' : ` (${type})`
  return `The response${said} is no JSON: it starts with ${JSON.stringify(start)}`
}

/** The fields of a form: a list where a name comes more than once. */
function fieldsOf(text: string): Readonly<Record<string, string | readonly string[]>> {
  const parameters = new URLSearchParams(text)
  const names = new Set(parameters.keys())
  return Object.fromEntries(
    [...names].map((name) => {
      const all = parameters.getAll(name)
      return [name, all.length === 1 ? (all[0] ?? '') : all]
    }),
  )
}
