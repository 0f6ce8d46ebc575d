import type { Finding } from '../schema/finding.ts'
import { catalogue, type ProblemCode } from './catalogue.ts'

const brand: symbol = Symbol.for('trestle.problem')

/** What a problem may carry beside its code. */
export interface ProblemOptions {
  /** The single things that are wrong, shown to the client as `errors`. */
  readonly findings?: readonly Finding[]
  /** Headers that a transport sends with it, such as `Allow` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>
  /** What brought it about; logged, never shown to the client. */
  readonly cause?: unknown
}

/** A kind of problem: its stable code, the HTTP status that fits it, and its title. */
export interface ProblemKind {
  readonly code: string
  readonly status: number
  readonly title: string
}

/**
 * An error meant for the caller (RFC 9457): its code, title and detail are sent as they are; anything else that is
 * thrown becomes `internal_error` and tells the caller nothing but the cid.
 */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string | undefined
  readonly findings: readonly Finding[] | undefined
  readonly headers: Readonly<Record<string, string>> | undefined

  constructor(kind: ProblemKind, detail?: string, options: ProblemOptions = {}) {
    super(detail ?? kind.title, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Problem'
    this.code = kind.code
    this.status = kind.status
    this.title = kind.title
    this.detail = detail
    this.findings = options.findings
    this.headers = options.headers
    Object.defineProperty(this, brand, { value: true })
  }
}

/** Whether something thrown is a problem, also one made by another copy of the package. */
export function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && brand in error
}

/** Makes a problem of the catalogue, to be thrown: `throw problem('conflict', 'The number is taken')`. */
export function problem(code: ProblemCode, detail?: string, options?: ProblemOptions): Problem {
  const { status, title } = catalogue[code]
  return new Problem({ code, status, title }, detail, options)
}

/** Throws a problem of its kind; usable as an expression: `find(id) ?? notFound('No such order')`. */
export type Raise = (detail?: string, options?: ProblemOptions) => never

/**
 * Declares a kind of problem of your own, and returns the function that throws it.
 *
 * ```ts
 * const outOfStock = defineProblem({ code: 'out_of_stock', status: 409, title: 'Out of stock' })
 * stock.take(sku) ?? outOfStock(`No ${sku} left`)
 * ```
 */
export function defineProblem(kind: ProblemKind): Raise {
  return (detail, options) => {
    throw new Problem(kind, detail, options)
  }
}

const raise =
  (code: ProblemCode): Raise =>
  (detail, options) => {
    throw problem(code, detail, options)
  }

/** Throws `bad_request` (400): the request as a whole is refused. */
export const badRequest: Raise = raise('bad_request')
/** Throws `unauthorized` (401): the caller must say who it is. */
export const unauthorized: Raise = raise('unauthorized')
/** Throws `forbidden` (403): the caller is known and may not do this. */
export const forbidden: Raise = raise('forbidden')
/** Throws `not_found` (404): what was asked for does not exist. */
export const notFound: Raise = raise('not_found')
/** Throws `conflict` (409): the request clashes with what is stored. */
export const conflict: Raise = raise('conflict')
/** Throws `too_many_requests` (429): the caller should wait; give `Retry-After` in `headers`. */
export const tooManyRequests: Raise = raise('too_many_requests')
/** Throws `unavailable` (503): the service cannot answer now. */
export const unavailable: Raise = raise('unavailable')
