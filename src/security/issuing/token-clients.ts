import type { Attempt } from '../../kernel/attempt.ts'
import { addressOf } from '../audit/address-of.ts'
import { filledFrom } from '../definitions/environment-text.ts'
import { digestOf, digestSecret, type Secret } from '../definitions/secret.ts'
import type { SecurityHost } from '../host.ts'
import { headerString } from '../limits/header-text.ts'
import type { Limits } from '../limits/limits.ts'
import { oauthProblem } from './oauth-problem.ts'
import { isScopeName } from './scope-text.ts'
import type { TokenClient, TokenGrant } from './token-settings.ts'

/** A program that gets tokens. */
export interface Client {
  readonly name: string
  /** What it proves itself with; nothing where it cannot. */
  readonly secrets: readonly Secret[]
  readonly grants: readonly TokenGrant[]
  /** What its tokens may do at the most; anything that the person may do where it is not given. */
  readonly scopes: readonly string[] | undefined
  readonly roles: readonly string[]
}

/** The clients of the settings; those whose variables are not set are left out, and `unset` has the variables. */
export function clientsOf(
  settings: Readonly<Record<string, TokenClient>>,
  environment: SecurityHost['environment'],
): {
  readonly clients: ReadonlyMap<string, Client>
  readonly faults: readonly string[]
  readonly unset: Readonly<Record<string, readonly string[]>>
} {
  const clients = new Map<string, Client>()
  const unset: Record<string, readonly string[]> = {}
  const faults = Object.entries(settings).flatMap(([name, { secret, grants, scopes, roles = [] }]) => {
    const filled = [secret ?? []].flat().map((text) => filledFrom(environment, text))
    const texts = filled.flatMap((each) => ('text' in each ? [each.text] : []))
    const secrets = texts.map((text) => digestSecret(digestOf(text)))
    const isPublic = secret === undefined
    const ways = grants ?? [isPublic ? 'password' : 'client_credentials']
    const missing = filled.flatMap((each) => ('missing' in each ? each.missing : []))
    if (missing.length > 0) unset[name] = missing
    else clients.set(name, { name, secrets, grants: ways, scopes, roles })
    return clientFaults(name, { texts, isPublic, ways, scopes: scopes ?? [] })
  })
  return { clients, faults, unset }
}

function clientFaults(
  name: string,
  client: {
    readonly texts: readonly string[]
    readonly isPublic: boolean
    readonly ways: readonly TokenGrant[]
    readonly scopes: readonly string[]
  },
): readonly string[] {
  const { texts, isPublic, ways, scopes } = client
  const which = `tokens.clients.${name}`
  return [
    ...(/^[\x20-\x39\x3b-\x7e]+$/.test(name)
      ? []
      : [`${which} has a name that cannot be sent: use letters and digits`]),
    ...(texts.includes('') ? [`${which} has an empty secret: give it one, such as from an environment variable`] : []),
    ...(isPublic && ways.includes('client_credentials')
      ? [`${which} gets tokens in its own name, but has nothing to prove itself with: give it a 'secret'`]
      : []),
    ...(ways.every((each) => each === 'password' || each === 'client_credentials')
      ? []
      : [`${which} has a grant that is not known: choose 'password' or 'client_credentials'`]),
    ...scopes
      .filter((each) => !isScopeName(each))
      .map((each) => `${which} has '${each}', which is no name for a scope`),
  ]
}

/** What a request says of the client that sends it. */
export interface ClientForm {
  readonly client_id?: string | undefined
  readonly client_secret?: string | undefined
}

/** What clients are told apart with. */
export interface ClientParts {
  readonly clients: ReadonlyMap<string, Client>
  readonly limits: Pick<Limits, 'checkFailures' | 'failed'>
  readonly title: string
  readonly report: SecurityHost['report']
}

const nobody = digestSecret(digestOf(''))

/**
 * The client that sends a request (RFC 6749, 2.3.1), by HTTP Basic or in the form; undefined where it names none.
 *
 * @throws Problem `invalid_client`, `invalid_request`, `too_many_requests`
 */
export async function clientOf(
  form: ClientForm,
  attempt: Attempt | undefined,
  { clients, limits, title, report }: ClientParts,
): Promise<Client | undefined> {
  const basic = basicOf(attempt?.headers.authorization)
  const inForm = form.client_id !== undefined || form.client_secret !== undefined
  if (basic !== undefined && form.client_secret !== undefined)
    throw oauthProblem('invalid_request', 'The client shows itself twice: use the header Authorization or the form')
  if (basic !== undefined && inForm && !basic.some(({ name }) => name === form.client_id))
    throw oauthProblem('invalid_request', 'The form and the header Authorization name different clients')
  const shown = basic ?? (inForm ? [{ name: form.client_id ?? '', secret: form.client_secret }] : undefined)
  if (shown === undefined) return undefined
  const [{ name } = { name: '' }] = shown
  if (attempt !== undefined) await limits.checkFailures(attempt, name)
  for (const each of shown) {
    const client = clients.get(each.name)
    if ((await isShown(client, each.secret)) && client !== undefined) return client
  }
  if (attempt !== undefined) await limits.failed(attempt, name)
  const subject = `client:${name.slice(0, 200)}`
  report({ type: 'client.failed', cid: attempt?.cid, code: 'invalid_client', subject, ...addressOf(attempt) })
  throw clientRefused('The client is not known, or its secret is wrong', title)
}

/** Refuses a client that has not proved who it is. */
export function clientRefused(detail: string, title: string): Error {
  const challenge = `Basic realm=${headerString(title)}, charset="UTF-8"`
  return oauthProblem('invalid_client', detail, { 'WWW-Authenticate': challenge })
}

async function isShown(client: Client | undefined, secret: string | undefined): Promise<boolean> {
  if (client?.secrets.length === 0) return secret === undefined || secret === ''
  let found = false
  for (const each of client?.secrets ?? [nobody]) found = (await each.matches(secret ?? '')) || found
  return found
}

interface Shown {
  readonly name: string
  readonly secret: string | undefined
}

/**
 * What HTTP Basic says: decoded as RFC 6749 wants it, and as it is, since many clients send it so. Nothing for an empty
 * name and secret, which forms in browsers send.
 */
function basicOf(authorization: string | readonly string[] | undefined): readonly Shown[] | undefined {
  if (typeof authorization !== 'string' || !/^basic /i.test(authorization)) return undefined
  const text = Buffer.from(authorization.slice(6).trim(), 'base64').toString()
  const colon = text.indexOf(':')
  const plain = { name: text.slice(0, Math.max(0, colon)), secret: text.slice(colon + 1) }
  if (colon === -1) return [{ name: '', secret: text }]
  if (plain.name === '' && plain.secret === '') return undefined
  const decoded = { name: formDecoded(plain.name), secret: formDecoded(plain.secret) }
  if (decoded.name === undefined || decoded.secret === undefined) return [plain]
  return decoded.name === plain.name && decoded.secret === plain.secret
    ? [plain]
    : [{ name: decoded.name, secret: decoded.secret }, plain]
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
