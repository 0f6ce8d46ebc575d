import type { Problem } from '../../kernel/problem.ts'

/** The values that a text may name. */
export interface TextValues {
  readonly method: string
  readonly path: string
  /** What a proxy or a mount put before the path. */
  readonly prefix?: string
  readonly cid: string
  /** The Content-Type of the request. */
  readonly type: string | undefined
}

const placeholder = /\{(\w+)(?:\|([^{}]*))?\}/g

/** Puts values in place of `{name}`, and in place of `{name|text}` the text where there is no value. */
export function filledText(text: string, problem: Problem, detail: string | undefined, values: TextValues): string {
  const { code, title, status, params } = problem
  const type = values.type?.split(';', 1)[0]?.trim()
  const known: Readonly<Record<string, unknown>> = { ...values, code, title, status, detail, type, ...params }
  return text.replace(placeholder, (_, name: string, otherwise: string = '') => {
    const value = Object.hasOwn(known, name) ? known[name] : undefined
    return value === undefined ? otherwise : String(value)
  })
}
