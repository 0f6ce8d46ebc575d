import { Expectation } from '../expectation.ts'
import type { Target } from '../target.ts'
import { textOf } from '../variables.ts'
import { decodedBody } from './content-coding.ts'
import type { Outgoing } from './outgoing.ts'
import { overSocket } from './over-socket.ts'
import type { Received } from './received.ts'

/**
 * Sends one request and waits for the whole reply: to the API under test, or over the network.
 *
 * @throws Expectation that names the address and the cause when no whole reply comes
 */
export async function exchange(request: Outgoing, target: Target, limit: AbortSignal): Promise<Received> {
  const own = target.isMeant(request.url) ? target : undefined
  try {
    return await unless(limit, received(request, own, limit))
  } catch (error) {
    if (error instanceof Expectation) throw error
    limit.throwIfAborted()
    throw new Expectation(`${request.method} ${request.url.href} ${causeOf(error)}`)
  }
}

async function received(request: Outgoing, target: Target | undefined, signal: AbortSignal): Promise<Received> {
  if (isOdd(request) && target?.inProcess !== true) return overSocket(request, signal)
  const sent = webRequest(request, signal)
  const response = await (target === undefined ? fetch(sent) : target.send(sent))
  const { status, headers } = response
  const bytes = new Uint8Array(await response.arrayBuffer())
  // What has no address was made in this process, and nobody has decoded it yet.
  return { status, headers, bytes: response.url === '' ? decodedBody(bytes, headers) : bytes }
}

/** What `Request` refuses to hold: a body where most methods have none, and methods that browsers must not use. */
function isOdd({ method, body }: Outgoing): boolean {
  const bodiless = method === 'GET' || method === 'HEAD'
  return (bodiless && body !== undefined) || /^(trace|track|connect)$/i.test(method)
}

function webRequest(request: Outgoing, signal: AbortSignal): Request {
  const { method, url, headers, body } = request
  const odd = isOdd(request)
  const made = new Request(url, {
    method: odd ? 'POST' : method,
    headers: headersOf(headers),
    redirect: 'manual',
    signal,
    ...(body !== undefined && { body }),
  })
  // `Request` upper-cases few methods and refuses others; an app in this process reads what is written here.
  return odd ? Object.defineProperty(made, 'method', { value: method }) : made
}

function headersOf(pairs: Outgoing['headers']): Headers {
  const headers = new Headers()
  for (const [name, value] of pairs) {
    try {
      headers.append(name, value)
    } catch {
      throw new Expectation(
        `The header ${textOf(name)} cannot have the value ${JSON.stringify(value)}: HTTP allows only letters of Latin-1 there, on one line`,
      )
    }
  }
  return headers
}

/** The result, unless the signal comes first: an app in this process may not look at it. */
async function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

const unreadable = 'cannot be read: its body is not coded as its header "Content-Encoding" says'

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'was refused: nothing listens there (is the server running?)',
  ENOTFOUND: 'could not be sent: the name of the host is not known',
  EAI_AGAIN: 'could not be sent: the name of the host cannot be looked up now',
  ECONNRESET: 'was cut off: the server closed the connection before the response was whole',
  UND_ERR_SOCKET: 'was cut off: the server closed the connection before the response was whole',
  UND_ERR_CONNECT_TIMEOUT: 'could not be sent: nothing answers at this address',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'could not be sent: the certificate of the server is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'could not be sent: the certificate of the server is signed by an unknown authority',
  Z_DATA_ERROR: unreadable,
  Z_BUF_ERROR: unreadable,
  CERT_HAS_EXPIRED: 'could not be sent: the certificate of the server has expired',
}

/** Why a request failed: what `fetch` throws says it in its cause, several attempts in a list of errors. */
function causeOf(error: unknown): string {
  const chain = [error, ...inner(error)].filter((each) => each instanceof Error)
  const known = chain.map((each) => causes[codeOf(each)]).find((each) => each !== undefined)
  const message = chain.at(-1)?.message ?? String(error)
  if (message === 'bad port') return 'could not be sent: this port is one that no browser uses'
  return known ?? `failed: ${message}`
}

function inner(error: unknown): readonly unknown[] {
  if (!(error instanceof Error)) return []
  const { cause } = error
  const attempts: readonly unknown[] = cause instanceof AggregateError ? cause.errors : []
  return cause === undefined ? [] : [cause, ...attempts, ...inner(cause)]
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
