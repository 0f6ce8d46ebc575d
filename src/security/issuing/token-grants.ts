import { randomBytes } from 'node:crypto'
import type { Attempt } from '../../kernel/attempt.ts'
import type { Problem } from '../../kernel/problem.ts'
import { addressOf } from '../audit/address-of.ts'
import { digestOf } from '../definitions/secret.ts'
import type { SecurityHost } from '../host.ts'
import { guess } from '../limits/guess.ts'
import type { Limits } from '../limits/limits.ts'
import type { KnownLogins } from '../login/known-logins.ts'
import type { Login, Person } from '../login/login.ts'
import { userKey } from '../users/user-name.ts'
import { type AccessTokens, newFamily } from './access-tokens.ts'
import { oauthProblem } from './oauth-problem.ts'
import { scopesWithin } from './scope-text.ts'
import { type Client, type ClientForm, clientOf, clientRefused } from './token-clients.ts'
import type { TokenPlan } from './token-plan.ts'
import type { TokenGrant } from './token-settings.ts'
import type { RefreshGrant, TokenStore } from './token-store.ts'

/** What a client sends to get a token (RFC 6749, 4.3.2, 4.4.2, 6). */
export interface TokenForm extends ClientForm {
  readonly grant_type?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly refresh_token?: string | undefined
  readonly scope?: string | undefined
}

/** What it gets (RFC 6749, 5.1). */
export interface TokenReply {
  readonly access_token: string
  readonly token_type: 'Bearer'
  /** In seconds. */
  readonly expires_in: number
  readonly scope?: string
  readonly refresh_token?: string
}

/** A request to the token endpoint. */
export interface TokenRequest {
  readonly form: TokenForm
  /** The call, with what the login of the app uses. */
  readonly call: { readonly cid: string }
  /** Nothing for what the app itself asks for. */
  readonly attempt: Attempt | undefined
}

/** What tokens are got from. */
export interface GrantParts {
  readonly plan: TokenPlan
  readonly store: TokenStore
  readonly tokens: AccessTokens
  readonly people: Login
  readonly names: KnownLogins
  readonly limits: Pick<Limits, 'checkFailures' | 'failed'>
  readonly host: Pick<SecurityHost, 'clock' | 'report' | 'title'>
}

/**
 * Gives tokens for passwords, client credentials and refresh tokens.
 *
 * @throws Problem with a code of RFC 6749, 5.2; `too_many_requests`; `unavailable`
 */
export function tokenGrants(parts: GrantParts): (request: TokenRequest) => Promise<TokenReply> {
  const { plan, store, tokens, people, names, limits, host } = parts
  const { clock, report, title } = host
  const offered = grantsOf(plan)

  return async (request) => {
    const { form, attempt } = request
    // FastAPI's form may leave it out, and so may who has learned from it.
    const type =
      form.grant_type ?? (form.username !== undefined || form.password !== undefined ? 'password' : undefined)
    if (type === undefined) throw oauthProblem('invalid_request', 'grant_type is missing')
    const client = await clientOf(form, attempt, { clients: plan.clients, limits, title, report })
    if (!offered.includes(type))
      throw oauthProblem('unsupported_grant_type', `grant_type can be ${offered.join(', ')} here`)
    if (type === 'password') return await byPassword(request, client)
    if (type === 'client_credentials') return await byClient(request, client)
    return await byRefresh(request, client)
  }

  async function byPassword(request: TokenRequest, client: Client | undefined): Promise<TokenReply> {
    const { form, attempt, call } = request
    if (client === undefined && !plan.password)
      throw clientRefused('Passwords are taken from known clients only: show which one this is', title)
    assertMay(client, 'password')
    const { username, password } = form
    if (username === undefined || password === undefined)
      throw oauthProblem('invalid_request', `${username === undefined ? 'username' : 'password'} is missing`)
    // Other spellings of one name are no other guesses.
    const verify = () => people.verify({ username, password }, call as never)
    const person = await guess(limits, attempt, userKey(username), verify)
    if (person === undefined) {
      tell('login.failed', request, { ...names.told(username), code: 'invalid_grant' })
      throw oauthProblem('invalid_grant', 'The user name or the password is wrong')
    }
    names.succeeded(username)
    const scopes = scopesWithin(form.scope, withinClient(person.scopes ?? [], client))
    const family = newFamily()
    const access = await accessFor(person, client, scopes, family)
    const refresh = refreshFor(person, client, scopes, family)
    tell('token.issued', request, { username: person.username, client })
    return reply(access, scopes, refresh)
  }

  async function byClient(request: TokenRequest, client: Client | undefined): Promise<TokenReply> {
    if (client === undefined) throw clientRefused('The client has not shown who it is', title)
    assertMay(client, 'client_credentials')
    const scopes = scopesWithin(request.form.scope, client.scopes ?? [])
    const { name, roles } = client
    const grant = { subject: name, client: name, scopes, roles, claims: {}, family: newFamily() }
    const access = await tokens.issue(grant)
    tell('token.issued', request, { username: name, client })
    return reply(access, scopes)
  }

  async function byRefresh(request: TokenRequest, client: Client | undefined): Promise<TokenReply> {
    const { form, call } = request
    if (form.refresh_token === undefined) throw oauthProblem('invalid_request', 'refresh_token is missing')
    const digest = digestOf(form.refresh_token)
    const found = store.findRefresh(digest, now())
    if (found === undefined || found.client !== (client?.name ?? null)) throw unknownToken()
    const then = JSON.parse(found.person) as Person
    if (found.used) throw reused(request, found, then)
    const granted = found.scope === '' ? [] : found.scope.split(' ')
    const asked = scopesWithin(form.scope, granted)
    const person = people.find === undefined ? then : await people.find(then.username, call as never)
    if (person === undefined || person.stamp !== then.stamp) {
      store.endFamily(found.family, tokensEnd())
      tell('login.failed', request, { username: then.username, code: 'invalid_grant' })
      throw oauthProblem('invalid_grant', 'The refresh token counts no more: log in again')
    }
    // What somebody may do no more is left out.
    const most = withinClient(person.scopes ?? [], client)
    const scopes = asked.filter((each) => most.includes(each))
    const { used: _, ...grant } = found
    const next = newRefreshToken()
    // Signed before: what fails must not cost the token that was shown.
    const access = await accessFor(person, client, scopes, found.family)
    if (!store.renew(digest, digestOf(next), grant, now())) throw reused(request, found, then)
    tell('token.issued', request, { username: person.username, client })
    return reply(access, scopes, next)
  }

  function accessFor(person: Person, client: Client | undefined, scopes: readonly string[], family: string) {
    const { username, roles = [], claims = {} } = person
    return tokens.issue({ subject: username, client: client?.name, scopes, roles, claims, family })
  }

  function refreshFor(person: Person, client: Client | undefined, scopes: readonly string[], family: string) {
    if (plan.refresh === undefined) return undefined
    const token = newRefreshToken()
    const grant: RefreshGrant = {
      ...{ family, client: client?.name ?? null, person: JSON.stringify(person), scope: scopes.join(' ') },
      expires: now() + plan.refresh * 1000,
    }
    store.addRefresh(digestOf(token), grant, now())
    return token
  }

  /** One of the two who have the token has stolen it: neither may go on (RFC 9700, 4.14.2). */
  function reused(request: TokenRequest, { family }: RefreshGrant, { username }: Person): Problem {
    store.endFamily(family, tokensEnd())
    tell('token.reused', request, { username, code: 'invalid_grant', detail: 'All tokens of the login are revoked' })
    return unknownToken()
  }

  function assertMay(client: Client | undefined, grant: TokenGrant): void {
    if (client === undefined || client.grants.includes(grant)) return
    throw oauthProblem('unauthorized_client', `The client ${client.name} may not use the grant ${grant}`)
  }

  function reply(access_token: string, scopes: readonly string[], refresh_token?: string): TokenReply {
    return {
      ...{ access_token, token_type: 'Bearer', expires_in: plan.lifetime },
      ...(scopes.length > 0 && { scope: scopes.join(' ') }),
      ...(refresh_token !== undefined && { refresh_token }),
    }
  }

  function tell(
    type: string,
    { attempt, call }: TokenRequest,
    more: {
      readonly username?: string
      readonly client?: Client | undefined
      readonly code?: string
      readonly detail?: string
    },
  ): void {
    const { client, ...said } = more
    report({
      ...{ type, cid: call.cid, ...said },
      ...(client !== undefined && { subject: `client:${client.name}` }),
      ...addressOf(attempt),
    })
  }

  function now(): number {
    return clock.now().getTime()
  }

  /** When the last access token has ended that was issued up to now. */
  function tokensEnd(): number {
    return now() + plan.lifetime * 1000
  }
}

/** The grants that somebody may use. */
export function grantsOf({ password, clients, refresh }: TokenPlan): readonly string[] {
  const ofClients = [...clients.values()].flatMap(({ grants }) => grants)
  return [
    ...(password || ofClients.includes('password') ? ['password'] : []),
    ...(ofClients.includes('client_credentials') ? ['client_credentials'] : []),
    ...(refresh === undefined ? [] : ['refresh_token']),
  ]
}

function withinClient(scopes: readonly string[], client: Client | undefined): readonly string[] {
  const most = client?.scopes
  return most === undefined ? scopes : scopes.filter((each) => most.includes(each))
}

function unknownToken(): Problem {
  return oauthProblem('invalid_grant', 'The refresh token is not known, has been used, or has expired')
}

function newRefreshToken(): string {
  return randomBytes(32).toString('base64url')
}
