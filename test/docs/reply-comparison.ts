import { isDeepStrictEqual } from 'node:util'
import { shown } from './expectation.ts'
import { comparable, reportDifference } from './report-difference.ts'

/** What a document shows of a reply or of a printed text. */
export interface ShownOutput {
  readonly language: string
  readonly code: string
}

/** A reply that has been read. */
export interface ReadReply {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** What is other in a reply than a document shows; nothing when it is as shown. */
export function replyDifference({ language, code }: ShownOutput, reply: ReadReply): string | undefined {
  if (language !== 'http') return textDifference({ language, code }, reply.body)
  const [head = '', ...body] = code.split('\n\n')
  const [first = '', ...lines] = head.split('\n')
  const status = Number(/^HTTP\/[\d.]+ (\d{3})/.exec(first)?.[1])
  if (status !== reply.status) return `expected the status ${first}, but it is ${reply.status}`
  for (const line of lines) {
    const [name = '', value = ''] = line.split(/:\s*(.*)/s)
    const actual = reply.headers.get(name)
    if (!isLike(value, actual, name)) return `expected ${line}, but ${name} is ${actual}`
  }
  return textDifference({ language: isJson(body.join('')) ? 'json' : 'text', code: body.join('\n\n') }, reply.body)
}

/** What is other in a text than a document shows; JSON is compared by value, anything else by its lines. */
export function textDifference({ language, code }: ShownOutput, actual: string): string | undefined {
  if (language === 'json') {
    const same = isJson(actual) && isLike(JSON.parse(code), JSON.parse(actual), '')
    return same ? undefined : `expected ${code}, but it is ${actual}`
  }
  if (/^\.\.\.$/m.test(code)) return reportDifference(code, actual)
  return comparable(code) === comparable(actual) ? undefined : `expected\n${code}\nbut it is\n${actual}`
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

// What differs from run to run is compared by its form.
const forms: Readonly<Record<string, RegExp>> = {
  cid: /^[0-9a-f]{32}$/,
  'x-correlation-id': /^[0-9a-f]{32}$/,
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
}

function isLike(expected: unknown, actual: unknown, name: string): boolean {
  const form = forms[name.toLowerCase()]
  if (form?.test(String(expected)) && form.test(String(actual))) return true
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return expected.length === actual.length && expected.every((each, index) => isLike(each, actual[index], ''))
  }
  if (!isObject(expected) || !isObject(actual)) return isDeepStrictEqual(expected, actual)
  return (
    shown(Object.keys(expected)) === shown(Object.keys(actual)) &&
    Object.entries(expected).every(([key, value]) => isLike(value, actual[key], key))
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
