import { filledFrom } from '../definitions/environment-text.ts'
import type { SecurityHost } from '../host.ts'
import { algorithms } from '../jwt/algorithms.ts'
import { isScopeName } from './scope-text.ts'
import { type SigningKey, signingKey } from './signing-keys.ts'
import { type Client, clientsOf } from './token-clients.ts'
import type { TokenAlgorithm, TokenPaths, TokenSettings } from './token-settings.ts'

/** The settings of the token endpoint in full. */
export interface TokenPlan {
  readonly paths: Required<TokenPaths>
  readonly algorithm: TokenAlgorithm
  /** The keys that the settings give; nothing where they are made. */
  readonly keys: readonly SigningKey[] | undefined
  /** In seconds. */
  readonly keyLifetime: number
  readonly issuer: string
  readonly audience: string
  /** In seconds. */
  readonly lifetime: number
  /** In seconds from the login; nothing where there are no refresh tokens. */
  readonly refresh: number | undefined
  readonly clients: ReadonlyMap<string, Client>
  /** All scopes by name, with what they mean. */
  readonly scopes: Readonly<Record<string, string>>
  /** Whether people get tokens without any client. */
  readonly password: boolean
  /** Environment variables that are not set, without which there are no tokens. */
  readonly missing: readonly string[]
  /** The same for single clients, which are left out then. */
  readonly unsetClients: Readonly<Record<string, readonly string[]>>
}

const usual = {
  paths: { token: '/token', revoke: '/revoke', introspect: '/introspect', jwks: '/jwks.json' },
  keyLifetime: 7_776_000,
  lifetime: 1800,
  refresh: 2_592_000,
}

const known: readonly string[] = ['HS256', 'RS256', 'ES256', 'EdDSA']

/** Reads the setting `tokens`; faults are whole sentences that say how to mend it. */
export function tokenPlan(
  settings: TokenSettings,
  { environment, title }: Pick<SecurityHost, 'environment' | 'title'>,
  hasPeople: boolean,
): { readonly plan: TokenPlan; readonly faults: readonly string[] } {
  const { algorithm = 'HS256', issuer = title, lifetime = usual.lifetime, keyLifetime = usual.keyLifetime } = settings
  const { clients, faults: clientFaults, unset: unsetClients } = clientsOf(settings.clients ?? {}, environment)
  const keys = known.includes(algorithm) ? keysOf(settings, algorithm, environment) : { faults: [], missing: [] }
  const password = settings.password ?? hasPeople
  const plan: TokenPlan = {
    ...{
      paths: { ...usual.paths, ...settings.paths },
      algorithm,
      keys: keys.keys,
      keyLifetime,
      issuer,
      lifetime,
      clients,
    },
    audience: settings.audience ?? issuer,
    refresh: refreshOf(settings.refresh),
    scopes: Object.fromEntries([
      ...[...clients.values()].flatMap(({ scopes }) => (scopes ?? []).map((each) => [each, ''] as const)),
      ...Object.entries(settings.scopes ?? {}),
    ]),
    password,
    missing: keys.missing,
    unsetClients,
  }
  return { plan, faults: [...ownFaults(), ...keys.faults, ...clientFaults] }

  function ownFaults(): readonly string[] {
    const seconds = Object.entries({ lifetime, keyLifetime, 'refresh.lifetime': plan.refresh ?? 1 })
    const anybody = password || Object.keys(settings.clients ?? {}).length > 0
    return [
      ...(known.includes(algorithm) ? [] : [`tokens.algorithm is '${algorithm}': choose one of ${known.join(', ')}`]),
      ...seconds.flatMap(([name, value]) =>
        Number.isSafeInteger(value) && value > 0
          ? []
          : [`tokens.${name} is ${value}: give a whole number of seconds from 1`],
      ),
      ...Object.entries(plan.paths).flatMap(([name, path]) =>
        path.startsWith('/') ? [] : [`tokens.paths.${name} is '${path}': begin it with a slash`],
      ),
      ...Object.keys(settings.scopes ?? {}).flatMap((name) =>
        isScopeName(name)
          ? []
          : [`tokens.scopes has '${name}', which is no name for a scope: leave out spaces and quotes`],
      ),
      ...(issuer === '' || plan.audience === '' ? ['tokens.issuer or tokens.audience is empty: give a text'] : []),
      ...(anybody ? [] : [`tokens has nobody to give tokens to: give it 'clients', or the app 'users' or a 'login'`]),
    ]
  }
}

function refreshOf(refresh: TokenSettings['refresh']): number | undefined {
  if (refresh === undefined || refresh === false) return undefined
  return refresh === true ? usual.refresh : refresh.lifetime
}

function keysOf(
  { key }: TokenSettings,
  algorithm: TokenAlgorithm,
  environment: SecurityHost['environment'],
): { readonly keys?: readonly SigningKey[]; readonly faults: readonly string[]; readonly missing: readonly string[] } {
  if (key === undefined) return { faults: [], missing: [] }
  const filled = [key].flat().map((text) => filledFrom(environment, text))
  const missing = filled.flatMap((each) => ('missing' in each ? each.missing : []))
  if (missing.length > 0) return { keys: [], faults: [], missing }
  const keys = filled.map((each) => ('text' in each ? keyIn(algorithm, each.text) : undefined))
  const good = keys.filter((each) => each !== undefined)
  const { what } = algorithms[algorithm]
  if (good.length === keys.length && good.length > 0) return { keys: good, faults: [], missing: [] }
  return {
    faults: [
      `tokens.key is nothing that ${algorithm} can sign with: give it ${what}, or leave it out to have one made`,
    ],
    missing: [],
  }
}

function keyIn(algorithm: TokenAlgorithm, text: string): SigningKey | undefined {
  try {
    const key = signingKey(algorithm, text)
    return algorithms[algorithm].fits(key.signs) ? key : undefined
  } catch {
    return undefined
  }
}
