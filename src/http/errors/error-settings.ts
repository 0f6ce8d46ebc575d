import type { CallContext } from '../../kernel/call-context.ts'
import type { ProblemCode } from '../../kernel/catalogue.ts'
import type { Problem } from '../../kernel/problem.ts'
import type { Schema } from '../../schema/schema.ts'

/** What an error shape of your own knows of the request. */
export interface ErrorContext {
  /** The correlation id of the call. */
  readonly cid: string
  /** Whether clients may be told why an internal error came about. */
  readonly development: boolean
  /** In capital letters, such as `GET`. */
  readonly method: string
  /** Without the query, as sent. */
  readonly path: string
}

/** Makes the body of an error reply: text is sent as it is where the type is none of JSON, anything else as JSON. */
export type ErrorBody = (problem: Problem, context: ErrorContext) => unknown

/** The shapes that error bodies may have, beside those of your own. */
export type ErrorShapeName = 'problem' | 'simple' | 'envelope' | 'fastapi' | 'drf'

/**
 * Texts by the code of the problem, in place of its detail. A name between braces stands for a value: `{code}`,
 * `{title}`, `{detail}`, `{status}`, `{cid}`, `{method}`, `{path}`, `{type}` (the media type of the request), and the
 * `params` of the problem.
 */
export type ErrorTexts = { readonly [Code in ProblemCode]?: string } & Readonly<Record<string, string>>

/** One of the shapes, with texts of your own. */
export interface WordedErrors {
  /** One of the shapes by name. */
  readonly shape: ErrorShapeName
  /** What it says, by code; what is not named keeps its detail. */
  readonly texts: ErrorTexts
}

/** A shape of your own, described. */
export interface OwnErrors {
  /** Makes the body. */
  readonly body: ErrorBody
  /** The model of the body, for the API description. */
  readonly schema?: Schema
  /** The media type of the body; `application/json` if it is not given. */
  readonly type?: string
}

/**
 * Translates what was thrown into a problem. Undefined leaves it to the layer around; a problem that it throws is the
 * answer too, and anything else that it throws becomes `internal_error`.
 */
export type OnError = (error: unknown, call: CallContext) => Problem | undefined

/** How refusals and failures are told to clients. */
export interface ErrorSettings {
  /** The shape of error bodies; `problem` (RFC 9457) if it is not given. */
  readonly errors?: ErrorShapeName | WordedErrors | OwnErrors | ErrorBody
  /** The status of `unauthorized`, `invalid_credentials` and `invalid_token`: 403 goes without the challenge that 401 must have (RFC 9110, 11.6.1). */
  readonly authFailureStatus?: 401 | 403
  /**
   * The status of `forbidden`: 404 tells whoever may not do something as if it were not there, as `not_found` without a
   * detail. 403 if it is not given.
   */
  readonly forbiddenStatus?: 403 | 404
  /** Answers 200 to everything: error bodies that are objects say the real status in a member `status`. */
  readonly alwaysOk?: boolean
  /** Translates what services throw; the handler of the channel is asked first, that of the app last. */
  readonly onError?: OnError
}
