import type { Problem } from '../../kernel/problem.ts'
import type { Finding } from '../../schema/finding.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import type { ErrorContext } from './error-settings.ts'

/** What a client is told of a problem, whatever the shape. */
export interface Told extends ErrorContext {
  readonly problem: Problem
  /** The page of the code, or `about:blank`. */
  readonly type: string
  readonly status: number
  /** What is wrong this time. */
  readonly detail: string | undefined
  readonly findings: readonly Finding[] | undefined
  readonly time: Date
}

/** One form of error bodies, as data: replies and the API description are both made from it. */
export interface ErrorShape {
  /** What its schema is called in the API description. */
  readonly name: string
  /** The media type of the bodies. */
  readonly type: string
  readonly schema: JsonSchema | undefined
  /** Its own texts for codes; the app's come before them. */
  readonly texts?: Readonly<Record<string, string>>
  readonly body: (told: Told) => unknown
}
