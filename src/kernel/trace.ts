import { randomBytes } from 'node:crypto'

/** Where a call stands in a trace that spans several systems (W3C Trace Context). */
export interface Trace {
  /** 32 hexadecimal digits, the same for all that one request brings about. */
  readonly traceId: string
  /** 16 hexadecimal digits: this call in the trace. */
  readonly spanId: string
  /** The span that called; undefined when the trace begins here. */
  readonly parentId: string | undefined
  /** Whether the one who called records the trace. */
  readonly sampled: boolean
  /** What tracing systems hand on to themselves (`tracestate`), as sent, or `''`. */
  readonly state: string
  /** The headers that a request carries which this call sends to another system. */
  readonly headers: () => TraceHeaders
}

/**
 * The headers of W3C Trace Context, as `fetch` takes them; `tracestate`, what tracing systems hand on, is left out where
 * there is nothing.
 */
export interface TraceHeaders extends Readonly<Record<string, string>> {
  /** Version, trace id, span id and flags, as W3C Trace Context writes them. */
  readonly traceparent: string
}

type Sent = string | readonly string[] | undefined

/** What was sent, read: the ids and the flags. */
interface Parent {
  readonly traceId: string
  readonly parentId: string
  readonly sampled: boolean
}

const traceparent = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/
const zeros = /^0+$/

/**
 * Takes up the trace of a request, or begins one where it brings none that can be read. One that begins here has the id
 * of the call, if that has the form of a trace's.
 */
export function traceOf(parentHeader: Sent, stateHeader: Sent, cid: string): Trace {
  const parent = readParent(parentHeader)
  const spanId = newSpanId()
  const traceId = parent?.traceId ?? (isTraceId(cid) ? cid : randomBytes(16).toString('hex'))
  const sampled = parent?.sampled ?? false
  const state = parent === undefined ? '' : readState(stateHeader)
  const headers = (): TraceHeaders => ({
    traceparent: `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`,
    ...(state !== '' && { tracestate: state }),
  })
  return { traceId, spanId, parentId: parent?.parentId, sampled, state, headers }
}

/** The id of the trace that a request brings; undefined when it brings none that can be read. */
export function sentTraceId(parentHeader: Sent): string | undefined {
  return readParent(parentHeader)?.traceId
}

function readParent(header: Sent): Parent | undefined {
  const found = typeof header === 'string' ? traceparent.exec(header) : null
  if (found === null) return undefined
  const [, version = '', traceId = '', parentId = '', flags = '', more] = found
  // A later version may say more behind what this one has, and no version may be 255.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (zeros.test(traceId) || zeros.test(parentId)) return undefined
  return { traceId, parentId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

const key = /^(?:[a-z][a-z\d_*/-]{0,255}|[a-z\d][a-z\d_*/-]{0,240}@[a-z][a-z\d_*/-]{0,13})$/
const value = /^[ !-+\--<>-~]{0,255}[!-+\--<>-~]$/
const mostMembers = 32

/** Members of the state as sent; none of them when one cannot be read, or there are too many, or one comes twice. */
function readState(header: Sent): string {
  const text = Array.isArray(header) ? header.join(',') : header
  if (typeof text !== 'string' || text === '') return ''
  const members = text.split(',').flatMap((each) => each.replace(/^[ \t]+|[ \t]+$/g, '') || [])
  const keys = new Set<string>()
  for (const member of members) {
    const equals = member.indexOf('=')
    const name = member.slice(0, Math.max(0, equals))
    if (!key.test(name) || !value.test(member.slice(equals + 1)) || keys.has(name)) return ''
    keys.add(name)
  }
  return members.length <= mostMembers ? members.join(',') : ''
}

function isTraceId(text: string): boolean {
  return /^[\da-f]{32}$/.test(text) && !zeros.test(text)
}

function newSpanId(): string {
  const id = randomBytes(8).toString('hex')
  return zeros.test(id) ? newSpanId() : id
}
