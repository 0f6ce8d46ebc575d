import { z } from 'zod'
import type { ErrorSettings } from '../http/errors/error-settings.ts'
import { get, post } from '../http/rest-channel.ts'
import type { HttpSide } from '../kernel/http-side.ts'
import { media } from '../kernel/media.ts'
import { isProblem, type Problem } from '../kernel/problem.ts'
import { type Service, service } from '../kernel/service.ts'
import type { Issuing } from '../security/issuing/issuing.ts'
import { isOAuthCode, oauthProblem, oauthProblems } from '../security/issuing/oauth-problem.ts'
import { attemptOf } from '../security/login/attempt-of.ts'

/** Made only for apps that issue tokens: making models takes milliseconds of the start. */
function tokenModels() {
  const text = z.string().optional()
  const secret = text.meta({ format: 'password' })
  const client = { client_id: text, client_secret: secret }
  return {
    TokenRequest: z
      .object({
        grant_type: text.describe(
          '`password`, `client_credentials` or `refresh_token`; for a user name it may be left out',
        ),
        username: text,
        password: secret,
        refresh_token: text,
        scope: text.describe('The scopes that the token shall have, with spaces between them; all if it is not given'),
        ...client,
      })
      .meta({ id: 'TokenRequest' }),
    TokenReply: z
      .object({
        access_token: z.string(),
        token_type: z.literal('Bearer'),
        expires_in: z.int().describe('In seconds'),
        scope: text,
        refresh_token: text,
      })
      .meta({ id: 'TokenReply' }),
    TokenLookup: z.object({ token: text, token_type_hint: text, ...client }).meta({ id: 'TokenLookup' }),
    OAuthError: z.object({ error: z.string(), error_description: text }).meta({ id: 'OAuthError' }),
  }
}

/** A form is short; in bytes. */
const bodyLimit = 32_768

const noStore = { 'Cache-Control': 'no-store' }

const open = { security: false, cache: false } as const
const tags = ['Token']

/**
 * The token endpoint (RFC 6749) and what belongs to it: revocation (RFC 7009), introspection (RFC 7662), public keys
 * (RFC 7517) and the documents that tell of them (RFC 8414, RFC 9728); none where the app issues no tokens.
 */
export function tokenServices(issuing: Issuing | undefined): readonly Service[] {
  if (issuing === undefined) return []
  const { plan, people, documents } = issuing
  const { paths } = plan
  const { TokenRequest, TokenReply, TokenLookup, OAuthError } = tokenModels()
  // Errors as RFC 6749 has them, 5.2, whatever the app's own look like.
  const errors: ErrorSettings = {
    errors: { body: errorBody, schema: OAuthError, type: 'application/json' },
    authFailureStatus: 401,
    alwaysOk: false,
    onError: inOAuthWords,
  }
  const form = { ...errors, ...open, headers: noStore, envelope: 'none', bodyLimit, consumes: ['form'] } as const
  const common = { tags, unknown: 'strip', throws: [...oauthProblems, 'too_many_requests'] } as const
  return [
    service({
      ...common,
      name: 'trestle.tokens.token',
      summary: 'Get a token',
      use: people.use,
      input: TokenRequest,
      output: TokenReply,
      on: post(paths.token, form),
      handle: (call) => {
        return issuing.token({ form: sentIn(call.input, call.http), call, attempt: attemptOf(call) })
      },
    }),
    service({
      ...common,
      name: 'trestle.tokens.revoke',
      summary: 'Give a token up',
      description: 'A refresh token takes with it all that followed from the same login.',
      input: TokenLookup,
      on: post(paths.revoke, { ...form, status: 200 }),
      handle: async (call) => {
        await issuing.revoke({ form: sentIn(call.input, call.http), call, attempt: attemptOf(call) })
      },
    }),
    service({
      ...common,
      name: 'trestle.tokens.introspect',
      input: TokenLookup,
      on: post(paths.introspect, { ...form, hidden: true }),
      handle: async (call) => {
        const about = await issuing.introspect({
          form: sentIn(call.input, call.http),
          call,
          attempt: attemptOf(call),
        })
        return media(JSON.stringify(about), 'application/json')
      },
    }),
    service({
      name: 'trestle.tokens.jwks',
      on: get(paths.jwks, { ...open, hidden: true, headers: { 'Cache-Control': 'public, max-age=300' } }),
      handle: async () => media(JSON.stringify(await issuing.jwks()), 'application/jwk-set+json'),
    }),
    ...documents.map(({ about, path, render }) =>
      service({
        name: `trestle.tokens.${about}-metadata`,
        on: get(path, { ...open, hidden: true }),
        handle: ({ http }) => media(JSON.stringify(render(http?.prefix ?? '')), 'application/json'),
      }),
    ),
  ]
}

/**
 * What was sent in the form, without what is empty (RFC 6749, 3.2).
 *
 * @throws Problem `invalid_request` for parameters in the address, which is logged on its way and kept in the history
 */
function sentIn<Form extends Readonly<Record<string, string | undefined>>>(
  input: Form,
  http: HttpSide | undefined,
): Partial<Form> {
  const inQuery = http === undefined || http.query === '' ? [] : [...new URLSearchParams(http.query).keys()]
  if (inQuery.some((name) => Object.hasOwn(input, name)))
    throw oauthProblem('invalid_request', 'Send the parameters in the body, as a form')
  const entries = Object.entries(input).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(entries) as Partial<Form>
}

/** What RFC 6749 calls what went wrong; what is said better by its own status is left to `errorBody`. */
function inOAuthWords(error: unknown): Problem | undefined {
  if (!isProblem(error)) return undefined
  const { code, status, title, detail = title, findings = [] } = error
  if (isOAuthCode(code)) return error
  // The login of the app has refused somebody in its own words.
  if (status === 401 || status === 403) return oauthProblem('invalid_grant', detail)
  if (status !== 400 && status !== 422) return undefined
  const [first] = findings
  return oauthProblem('invalid_request', first === undefined ? detail : `${first.path.slice(1)} ${first.message}`)
}

function errorBody({
  code,
  status,
  title,
  detail = title,
}: Problem): z.infer<ReturnType<typeof tokenModels>['OAuthError']> {
  // RFC 6749, 5.2 allows no other characters.
  const error_description = detail.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'")
  return { error: errorOf(code, status), ...(status < 500 && { error_description }) }
}

/** Beside its own codes those that RFC 6749 has for a server that fails, 4.1.2.1. */
function errorOf(code: string, status: number): string {
  if (isOAuthCode(code) || status === 429) return code
  if (status < 500) return 'invalid_request'
  return status === 503 ? 'temporarily_unavailable' : 'server_error'
}
