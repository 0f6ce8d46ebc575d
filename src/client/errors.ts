import type { OutgoingRequest } from './layer.ts'
import type { Problem } from './problem.ts'
import type { StandardIssue } from './read/standard.ts'
import type { RedirectStep, Reply } from './reply.ts'

/** What a call was, for the messages of errors. */
export interface CallName {
  /** In upper case. */
  readonly method: string
  /** The address, without credentials. */
  readonly url: string
}

/** What a request is called. */
export function callOf({ method, url, shown = url }: Pick<OutgoingRequest, 'method' | 'url' | 'shown'>): CallName {
  return { method, url: shown.href }
}

/**
 * What all errors of a call have in common.
 *
 * ```ts
 * const api = client('https://api.example', { fetch: mock(() => '<html>') })
 * await api.get('/todos').json().catch((error) => error instanceof ClientError) // => true
 * ```
 */
export class ClientError extends Error {
  /** The name of the class. */
  override readonly name: string = 'ClientError'
  /** The method of the call. */
  readonly method: string
  /** The address that was asked when it failed, without credentials. */
  readonly url: string

  constructor({ method, url }: CallName, what: string, options?: ErrorOptions) {
    super(`${method} ${url} ${what}`, options)
    this.method = method
    this.url = url
  }
}

/**
 * The server has answered with a status of 400 or above.
 *
 * ```ts
 * const api = client('https://api.example', { fetch: mock({ 'GET /todos/7': [404, { code: 'not_found', detail: 'No 7' }] }) })
 * await api.get('/todos/7').json() // throws HttpError: GET https://api.example/todos/7 answered 404: No 7 (not_found)
 * ```
 */
export class HttpError extends ClientError {
  /** The name of the class. */
  override readonly name: string = 'HttpError'
  /** The status code. */
  readonly status: number
  /** The reply, whose body can be read once more if it is a text. */
  readonly reply: Reply
  /** What the server says about the fault, if it says it in JSON. */
  readonly problem: Problem | undefined

  constructor(reply: Reply, problem: Problem | undefined) {
    const { code, cid = reply.headers.get('x-correlation-id') } = problem ?? {}
    const about = [code, cid && `cid ${cid}`].filter(Boolean).join(', ')
    const what = problem?.detail ?? problem?.title
    const said = what === undefined || what === reply.statusText ? '' : `: ${what}`
    super(reply, `answered ${statusOf(reply)}${said}${about && ` (${about})`}`)
    this.status = reply.status
    this.reply = reply
    this.problem = problem
  }
}

/** The status in words, as far as the server has some. */
export function statusOf({ status, statusText }: Pick<Response, 'status' | 'statusText'>): string {
  return `${status} ${statusText}`.trim()
}

/** What was waited for when the time was up. */
export type TimeoutPhase = 'total' | 'attempt' | 'headers' | 'idle'

const waitedFor: Record<TimeoutPhase, string> = {
  total: 'was not done',
  attempt: 'had no answer',
  headers: 'had no answer',
  idle: 'sent no more of its body',
}

/**
 * The time was up.
 *
 * ```ts
 * const silent = client('https://api.example', { fetch: () => new Promise(() => {}), timeout: 10 })
 * await silent.get('/todos').catch((error) => error instanceof TimeoutError && error.phase) // => 'total'
 * ```
 */
export class TimeoutError extends ClientError {
  /** The name of the class. */
  override readonly name: string = 'TimeoutError'
  /** Which of the timeouts it was. */
  readonly phase: TimeoutPhase
  /** How long was waited, in milliseconds. */
  readonly timeout: number

  constructor(call: CallName, phase: TimeoutPhase, timeout: number, options?: ErrorOptions) {
    super(call, `${waitedFor[phase]} within ${timeout} ms: give it more time with 'timeout.${phase}'`, options)
    this.phase = phase
    this.timeout = timeout
  }
}

/**
 * The server could not be reached, or the connection was cut.
 *
 * ```ts
 * const nowhere = client('https://nowhere.invalid', { fetch: () => Promise.reject(new TypeError('fetch failed')) })
 * await nowhere.get('/').catch((error) => error instanceof ConnectionError && error.url) // => 'https://nowhere.invalid/'
 * ```
 */
export class ConnectionError extends ClientError {
  /** The name of the class. */
  override readonly name: string = 'ConnectionError'
  /** What the system calls it, such as `ECONNREFUSED`; undefined in browsers, which do not tell. */
  readonly code: string | undefined

  constructor(call: CallName, what: string, cause: unknown) {
    const { code, text } = causeOf(cause)
    super(call, `${what}: ${words[code ?? ''] ?? text}${code === undefined ? '' : ` (${code})`}`, { cause })
    this.code = code
  }
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the server closed the connection',
  UND_ERR_SOCKET: 'the server closed the connection',
  ENOTFOUND: 'no such host is known',
}

// `fetch` hides the reason behind 'fetch failed', and several reasons behind an AggregateError without a message.
function causeOf(error: unknown): { readonly code: string | undefined; readonly text: string } {
  let code: string | undefined
  let text = String(error)
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.message !== '') text = at.message.replace(/\s+/g, ' ')
    if ('code' in at && typeof at.code === 'string') code = at.code
  }
  return { code, text }
}

/**
 * Redirects led nowhere: too many of them, to no address, or with a body that is gone.
 *
 * ```ts
 * const circle = mock(() => new Response(null, { status: 302, headers: { Location: '/' } }))
 * const api = client('https://api.example', { fetch: circle })
 * await api.get('/').catch((error) => error instanceof RedirectError && error.history.length) // => 20
 * ```
 */
export class RedirectError extends ClientError {
  /** The name of the class. */
  override readonly name: string = 'RedirectError'
  /** The redirects that were followed before. */
  readonly history: readonly RedirectStep[]

  constructor(call: CallName, what: string, history: readonly RedirectStep[]) {
    super(call, what)
    this.history = history
  }
}

/**
 * The body is not what was asked for: no JSON, not as the schema says, too long, or read already.
 *
 * ```ts
 * const api = client('https://api.example', { fetch: mock(() => 'x'.repeat(100)), maxBytes: 10 })
 * await api.get('/').text().catch((error) => error instanceof BodyError) // => true
 * ```
 */
export class BodyError extends ClientError {
  /** The name of the class. */
  override readonly name: string = 'BodyError'
  /** What the schema found; empty where it is not about a schema. */
  readonly issues: readonly StandardIssue[]

  constructor(call: CallName, what: string, issues: readonly StandardIssue[] = [], options?: ErrorOptions) {
    super(call, what, options)
    this.issues = issues
  }
}
