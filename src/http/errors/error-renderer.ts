import { catalogue } from '../../kernel/catalogue.ts'
import { type Clock, systemClock } from '../../kernel/clock.ts'
import { maskedText } from '../../kernel/masked-text.ts'
import { Problem } from '../../kernel/problem.ts'
import type { ErrorSettings } from './error-settings.ts'
import { filledText, type TextValues } from './error-text.ts'
import { type ProblemType, problemTypeOf } from './problem-type.ts'
import { errorShape } from './shapes.ts'
import { toldDetail, toldFindings } from './told.ts'

/** What error bodies are made with, the same for a whole app. */
export interface ErrorSurroundings {
  readonly development?: boolean | undefined
  readonly clock?: Clock | undefined
  readonly problemType?: ProblemType | undefined
  /** Keeps secrets out of texts that were not made for clients. */
  readonly maskText?: ((text: string) => string) | undefined
}

/** What an error has to say, before it is written. */
export interface ErrorContent {
  /** The status of the reply. */
  readonly status: number
  readonly content: unknown
  /** The problem's own. */
  readonly headers: Readonly<Record<string, string>>
}

/** An error as it is sent. */
export interface RenderedError extends Omit<ErrorContent, 'content'> {
  /** A media type. */
  readonly type: string
  readonly body: string
}

/** What whoever may not do something is told where it shall look as if it were not there. */
const hidden = new Problem({ code: 'not_found', ...catalogue.not_found })

/** Compiles what errors have to say, in the shape that is set. */
export function renderedContent(
  settings: ErrorSettings,
  surroundings: ErrorSurroundings = {},
): (problem: Problem, request: TextValues) => ErrorContent {
  const {
    development = false,
    clock = systemClock,
    problemType = problemTypeOf(),
    maskText = maskedText,
  } = surroundings
  const { authFailureStatus, forbiddenStatus, alwaysOk = false } = settings
  const { texts = {}, body } = errorShape(settings.errors)
  return (given, request) => {
    const problem = forbiddenStatus === 404 && given.code === 'forbidden' ? hidden : given
    const { code, headers = {} } = problem
    const unchallenged = problem.status === 401 && authFailureStatus === 403
    const status = unchallenged ? 403 : problem.status
    const detail = toldDetail(problem, development, maskText)
    const text = Object.hasOwn(texts, code) ? texts[code] : undefined
    const { cid, method, path, prefix } = request
    const content = body({
      problem,
      cid,
      method,
      path,
      development,
      status,
      type: problemType(code, prefix),
      detail: text === undefined ? detail : filledText(text, problem, detail, request),
      findings: toldFindings(problem),
      time: clock.now(),
    })
    return {
      status: alwaysOk ? 200 : status,
      content: alwaysOk ? withStatus(content, status) : content,
      headers: unchallenged ? withoutChallenge(headers) : headers,
    }
  }
}

/** Writes a problem in the shape that is set. @throws whatever a shape of the app's own throws */
export type RenderError = (problem: Problem, request: TextValues) => RenderedError

/** How what an error has to say becomes a body. */
export interface ErrorForm {
  /** A media type. */
  readonly type: string
  readonly write: (content: unknown) => string
}

/** Compiles how problems are written; as the shape says if no form is given. */
export function errorRenderer(
  settings: ErrorSettings,
  surroundings?: ErrorSurroundings,
  form: ErrorForm = formOf(settings),
): RenderError {
  const contentOf = renderedContent(settings, surroundings)
  const { type, write } = form
  return (problem, request) => {
    const { status, content, headers } = contentOf(problem, request)
    return { status, type, body: write(content), headers }
  }
}

/** Beside a status that is always 200, the body says the real one. */
function withStatus(content: unknown, status: number): unknown {
  const isObject = typeof content === 'object' && content !== null && !Array.isArray(content)
  return isObject ? { ...content, status } : content
}

function formOf({ errors }: ErrorSettings): ErrorForm {
  const { type } = errorShape(errors)
  const isJson = /[/+]json\b/i.test(type)
  const write = (content: unknown): string =>
    typeof content === 'string' && !isJson ? content : (JSON.stringify(content) ?? '')
  return { type, write }
}

function withoutChallenge(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'www-authenticate'))
}
