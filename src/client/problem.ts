import { defined } from './defined.ts'

/** What a server says about a fault: `application/problem+json`, or whatever JSON it answers with. */
export interface Problem {
  /** An address that names the kind of the fault. */
  readonly type?: string
  /** What kind of fault it is, in words. */
  readonly title?: string
  /** What happened this time. */
  readonly detail?: string
  /** A stable name of the kind of fault. */
  readonly code?: string
  /** The correlation id of the call. */
  readonly cid?: string
  /** What is wrong, one by one. */
  readonly errors?: readonly unknown[]
  /** All else that was said. */
  readonly [member: string]: unknown
}

/** The problem in a body of JSON; undefined when it is no object. Members that are not of their type are left out. */
export function problemIn(body: unknown): Problem | undefined {
  if (!isObject(body)) return undefined
  const { meta, data, error, message, errors, ...rest } = body
  const inner = [error, data].find(isObject)
  const all: Record<string, unknown> = { ...rest, ...inner, error, message: inner?.message ?? message, data, meta }
  const texts: Record<string, unknown> = {
    type: all.type,
    title: all.title,
    detail: [all.detail, all.message, error, all.error_description].find((each) => typeof each === 'string'),
    code: all.code,
    cid: all.cid ?? (isObject(meta) ? meta.cid : undefined),
  }
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value === 'string') all[name] = value
    else delete all[name]
  }
  const list = [errors, body.detail, inner?.errors].find(Array.isArray)
  return defined<Record<string, unknown>>({ ...all, errors: list })
}

/** Whether it is an object with members. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
