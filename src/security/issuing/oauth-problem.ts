import { defineProblem, Problem, type Raise } from '../../kernel/problem.ts'

/** Why a token endpoint refuses (RFC 6749, 5.2), with the status of the reply. */
const refusals = {
  invalid_request: [400, 'Invalid request'],
  invalid_client: [401, 'Invalid client'],
  invalid_grant: [400, 'Invalid grant'],
  unauthorized_client: [400, 'Unauthorized client'],
  unsupported_grant_type: [400, 'Unsupported grant type'],
  invalid_scope: [400, 'Invalid scope'],
} as const

/** A code of RFC 6749, 5.2. */
export type OAuthCode = keyof typeof refusals

/** What a service says that raises them. */
export const oauthProblems: readonly Raise[] = Object.entries(refusals).map(([code, [status, title]]) =>
  defineProblem({ code, status, title }),
)

/** Whether a text is a code of RFC 6749, 5.2. */
export function isOAuthCode(code: string): code is OAuthCode {
  return Object.hasOwn(refusals, code)
}

/** A refusal as RFC 6749 has it, 5.2. */
export function oauthProblem(code: OAuthCode, detail: string, headers?: Readonly<Record<string, string>>): Problem {
  const [status, title] = refusals[code]
  return new Problem({ code, status, title }, detail, { headers: { 'Cache-Control': 'no-store', ...headers } })
}
