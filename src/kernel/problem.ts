import type { Finding } from '../schema/finding.ts'
import type { Invalid } from '../schema/invalid.ts'
import { catalogue, type ProblemCode } from './catalogue.ts'

const brand: symbol = Symbol.for('trestle.problem')

/** What a problem may carry beside its code. */
export interface ProblemOptions {
  /** The single things that are wrong, shown to the client as `errors`. */
  readonly findings?: readonly Finding[]
  /** Headers that a transport sends with it, such as `Allow` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Values for the texts of an app's own `errors`, by the name that stands between braces there. */
  readonly params?: Readonly<Record<string, string | number>>
  /** The input that the findings are about; only error shapes that tell it look at it. */
  readonly refused?: Invalid | undefined
  /** What brought it about: logged with a status of 500 and above, never shown to the client. */
  readonly cause?: unknown
}

/** A kind of problem: its stable code, the HTTP status that fits it, and its title. */
export interface ProblemKind {
  /** What programs go by; never given a second meaning. */
  readonly code: string
  /** The HTTP status of the reply. */
  readonly status: number
  /** A few words that are the same for every problem of the kind. */
  readonly title: string
  /** What a client can do about it, in one sentence, for the documentation. */
  readonly help?: string
}

/**
 * An error meant for the caller (RFC 9457): its code, title and detail are sent as they are; anything else that is
 * thrown becomes `internal_error` and tells the caller nothing but the cid.
 *
 * ```ts
 * const error = new Problem({ code: 'out_of_stock', status: 409, title: 'Out of stock' }, 'No more of A-1')
 * error.message // => 'No more of A-1'
 * error.status // => 409
 * ```
 */
export class Problem extends Error {
  /** What programs go by. */
  readonly code: string
  /** The HTTP status of the reply. */
  readonly status: number
  /** A few words that are the same for every problem of the kind. */
  readonly title: string
  /** What is wrong this time, for people. */
  readonly detail: string | undefined
  /** The single things that are wrong, sent as `errors`. */
  readonly findings: readonly Finding[] | undefined
  /** Headers that are sent with it. */
  readonly headers: Readonly<Record<string, string>> | undefined
  /** Values for texts of the app's own. */
  readonly params: Readonly<Record<string, string | number>> | undefined
  /** The input that the findings are about. */
  declare readonly refused: Invalid | undefined

  constructor(kind: ProblemKind, detail?: string, options: ProblemOptions = {}) {
    super(detail ?? kind.title, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Problem'
    this.code = kind.code
    this.status = kind.status
    this.title = kind.title
    this.detail = detail
    this.findings = options.findings
    this.headers = options.headers
    this.params = options.params
    // Whatever shows a problem in full, such as a log, leaves the input out: it may hold a password.
    Object.defineProperty(this, 'refused', { value: options.refused })
    Object.defineProperty(this, brand, { value: true })
  }
}

/**
 * Whether something thrown is a problem, also one made by another copy of the package.
 *
 * ```ts
 * isProblem(problem('not_found')) // => true
 * isProblem(new Error('broken')) // => false
 * ```
 */
export function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && brand in error
}

/**
 * Makes a problem of the catalogue, to be thrown: `throw problem('conflict', 'The number is taken')`.
 *
 * ```ts
 * const taken = problem('conflict', 'The number is taken')
 * taken.status // => 409
 * taken.title // => 'Conflict'
 * ```
 */
export function problem(code: ProblemCode, detail?: string, options?: ProblemOptions): Problem {
  const { status, title } = catalogue[code]
  return new Problem({ code, status, title }, detail, options)
}

/** Throws a problem of its kind; usable as an expression: `find(id) ?? notFound('No such order')`. */
export interface Raise<Kind extends ProblemKind = ProblemKind> {
  (detail?: string, options?: ProblemOptions): never
  /** What it throws. */
  readonly kind: Kind
}

/** A kind of problem as `throws` of a service names it: a code of the catalogue, or what `defineProblem` made. */
export type Thrown = ProblemCode | Raise

/**
 * Declares a kind of problem of your own, and returns the function that throws it. A service that raises it says so in
 * `throws`, which puts it into the documentation.
 *
 * ```ts
 * const outOfStock = defineProblem({ code: 'out_of_stock', status: 409, title: 'Out of stock' })
 * outOfStock.kind.status // => 409
 * outOfStock('No more of A-1') // throws out_of_stock: No more of A-1
 * ```
 */
export function defineProblem<const Kind extends ProblemKind>(kind: Kind): Raise<Kind> {
  const raise = (detail?: string, options?: ProblemOptions): never => {
    throw new Problem(kind, detail, options)
  }
  return Object.assign(raise, { kind })
}

const raise = (code: ProblemCode): Raise => defineProblem({ code, ...catalogue[code] })

/**
 * Throws `bad_request` (400): the request as a whole is refused.
 *
 * ```ts
 * badRequest('The two dates are in the wrong order') // throws bad_request: The two dates
 * ```
 */
export const badRequest: Raise = raise('bad_request')
/**
 * Throws `unauthorized` (401): the caller must say who it is; give `WWW-Authenticate` in `headers` (RFC 9110, 11.6.1).
 *
 * ```ts
 * unauthorized('Log in first', { headers: { 'WWW-Authenticate': 'Bearer' } }) // throws unauthorized: Log in first
 * ```
 */
export const unauthorized: Raise = raise('unauthorized')
/**
 * Throws `forbidden` (403): the caller is known and may not do this.
 *
 * ```ts
 * forbidden('Only the owner may delete an order') // throws forbidden: Only the owner
 * ```
 */
export const forbidden: Raise = raise('forbidden')
/**
 * Throws `not_found` (404): what was asked for does not exist.
 *
 * ```ts
 * const orders = new Map([[7, 'paper']])
 * orders.get(7) ?? notFound('There is no order 7') // => 'paper'
 * orders.get(8) ?? notFound('There is no order 8') // throws not_found: There is no order 8
 * ```
 */
export const notFound: Raise = raise('not_found')
/**
 * Throws `conflict` (409): the request clashes with what is stored.
 *
 * ```ts
 * conflict('The number is taken') // throws conflict: The number is taken
 * ```
 */
export const conflict: Raise = raise('conflict')
/**
 * Throws `too_many_requests` (429): the caller should wait; give `Retry-After` in `headers`, in seconds (RFC 9110, 10.2.3).
 *
 * ```ts
 * tooManyRequests('Ten a minute', { headers: { 'Retry-After': '30' } }) // throws too_many_requests: Ten a minute
 * ```
 */
export const tooManyRequests: Raise = raise('too_many_requests')
/**
 * Throws `unavailable` (503): the service cannot answer now.
 *
 * ```ts
 * unavailable('The warehouse does not answer') // throws unavailable: The warehouse
 * ```
 */
export const unavailable: Raise = raise('unavailable')
