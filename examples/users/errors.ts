import type { Problem } from 'trestle'
import { z } from 'zod'

const names: Readonly<Record<number, string>> = {
  400: 'BadRequestError',
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  405: 'MethodNotAllowedError',
  406: 'NotAcceptableError',
  409: 'ConflictError',
  413: 'ContentTooLargeError',
  415: 'UnsupportedMediaTypeError',
  422: 'ValidationError',
}

/** What clients read in place of Trestle's own details. */
const texts: Readonly<Record<string, string>> = {
  unauthorized: 'Not authenticated',
  invalid_token: 'Could not validate credentials',
}

/** The name of an error, such as `NotFoundError`. */
export function errorName({ status }: Pick<Problem, 'status'>): string {
  return names[status] ?? (status < 500 ? 'RequestError' : 'InternalServerError')
}

const ErrorResponse = z.object({
  error: z.string().meta({ examples: ['NotFoundError'] }),
  message: z.string().meta({ examples: ['User with id 123 not found'] }),
  path: z.string().meta({ examples: ['/users/123'] }),
})
const ValidationErrorResponse = z.object({
  error: z.literal('ValidationError'),
  message: z.literal('Invalid request data'),
  details: z.array(z.object({ loc: z.array(z.string()), msg: z.string(), type: z.string() })),
})
const RateLimitResponse = z.object({
  error: z.string().meta({ examples: ['Rate limit exceeded: 100 per 1 minute'] }),
})

/** The shape of all errors: `{ error, message, path }`, and two others for invalid data and for too many requests. */
export const errors = {
  schema: z.union([ValidationErrorResponse, ErrorResponse, RateLimitResponse]),
  body: (problem: Problem, { path }: { readonly path: string }) => {
    if (problem.code === 'too_many_requests') return { error: problem.detail ?? problem.title }
    if (problem.findings !== undefined) return invalid(problem.findings)
    return { error: errorName(problem), message: messageOf(problem), path }
  },
}

function messageOf({ code, detail = '', title }: Problem): string {
  if (code === 'unsupported_version') return detail.split(';', 1).join()
  return texts[code] ?? (detail || title)
}

function invalid(findings: NonNullable<Problem['findings']>): z.infer<typeof ValidationErrorResponse> {
  const details = findings.map(({ in: place, path, code, message }) => ({
    loc: [place, ...path.split('/').slice(1)],
    msg: message,
    type: code === 'invalid_format' ? 'value_error' : code,
  }))
  return { error: 'ValidationError', message: 'Invalid request data', details }
}
