import type { Problem } from '../../kernel/problem.ts'
import { addressOf } from '../audit/address-of.ts'
import { digestOf } from '../definitions/secret.ts'
import { TokenRefused, type VerifiedToken } from '../tokens/verify-token.ts'
import { oauthProblem } from './oauth-problem.ts'
import { type Client, type ClientForm, clientOf, clientRefused } from './token-clients.ts'
import type { GrantParts, TokenRequest } from './token-grants.ts'

/** What a client sends that gives a token up, or asks about one (RFC 7009, 2.1; RFC 7662, 2.1). */
export interface LookupForm extends ClientForm {
  readonly token?: string | undefined
}

/** A request about a token. */
export interface LookupRequest extends Pick<TokenRequest, 'call' | 'attempt'> {
  readonly form: LookupForm
}

/** What is known of a token (RFC 7662, 2.2). */
export type Introspection = { readonly active: boolean } & Readonly<Record<string, unknown>>

/** Gives tokens up, and tells about them. */
export interface TokenLookup {
  /** Says nothing of tokens that are not known (RFC 7009, 2.2). @throws Problem with a code of RFC 6749, 5.2 */
  readonly revoke: (request: LookupRequest) => Promise<void>
  /** @throws Problem `invalid_client` for whoever is no client with a secret */
  readonly introspect: (request: LookupRequest) => Promise<Introspection>
}

/** Makes what gives tokens up, and tells about them. */
export function tokenLookup({ plan, store, tokens, limits, host }: GrantParts): TokenLookup {
  const { clock, report, title } = host
  const parts = { clients: plan.clients, limits, title, report }
  const now = (): number => clock.now().getTime()

  return {
    revoke: async ({ form, attempt, call }) => {
      const client = await clientOf(form, attempt, parts)
      const token = tokenIn(form)
      const refresh = store.findRefresh(digestOf(token), now())
      const access = refresh === undefined ? await accessOf(token) : undefined
      if (refresh !== undefined) {
        assertOwner(refresh.client, client)
        store.endFamily(refresh.family, now() + plan.lifetime * 1000)
      }
      if (access !== undefined) {
        assertOwner(access.claims.client_id, client)
        store.revoke(String(access.claims.jti), access.until, now())
      }
      if (refresh === undefined && access === undefined) return
      const username =
        refresh === undefined ? access?.username : (JSON.parse(refresh.person) as { username: string }).username
      report({
        ...{ type: 'token.revoked', cid: call.cid },
        subject: `token:${refresh?.family ?? String(access?.claims.jti)}`,
        ...(username !== undefined && { username }),
        ...(client !== undefined && { actor: client.name }),
        ...addressOf(attempt),
      })
    },
    introspect: async ({ form, attempt }) => {
      const client = await clientOf(form, attempt, parts)
      if (client === undefined || client.secrets.length === 0)
        throw clientRefused('Only clients with a secret may ask about tokens', title)
      const token = tokenIn(form)
      const refresh = store.findRefresh(digestOf(token), now())
      if (refresh !== undefined) {
        if (refresh.used || refresh.client !== client.name) return { active: false }
        const { username } = JSON.parse(refresh.person) as { username: string }
        return {
          ...{ active: true, sub: username, username, client_id: client.name, iss: plan.issuer },
          exp: Math.floor(refresh.expires / 1000),
          ...(refresh.scope !== '' && { scope: refresh.scope }),
        }
      }
      const access = await accessOf(token)
      if (access === undefined) return { active: false }
      const { username, claims } = access
      return { ...claims, active: true, token_type: 'Bearer', ...(username !== undefined && { username }) }
    },
  }

  async function accessOf(token: string): Promise<VerifiedToken | undefined> {
    try {
      return await tokens.verify(token)
    } catch (error) {
      if (error instanceof TokenRefused) return undefined
      throw error
    }
  }

  /** A token that was given to a client is given up by nobody else (RFC 7009, 2.1). */
  function assertOwner(owner: unknown, client: Client | undefined): void {
    if (owner === undefined || owner === null || owner === client?.name) return
    throw client === undefined ? clientRefused('The client has not shown who it is', title) : notItsOwn(client)
  }
}

function tokenIn({ token }: LookupForm): string {
  if (token === undefined) throw oauthProblem('invalid_request', 'token is missing')
  return token
}

function notItsOwn({ name }: Client): Problem {
  return oauthProblem('unauthorized_client', `The token was not given to the client ${name}`)
}
