import { z } from 'zod'
import type {
  ApiKeyDefinition,
  BasicDefinition,
  BearerDefinition,
  Definition,
  IntrospectionSettings,
  JwtSettings,
  MutualTlsDefinition,
  SessionDefinition,
} from '../../security/definitions/definition.ts'
import { limitModel } from './access-model.ts'
import { type Members, oneOf, strict, text, textOrTexts, texts } from './strict.ts'

const { exactOptional } = z

const grants = {
  roles: exactOptional(texts),
  scopes: exactOptional(texts),
  permissions: exactOptional(texts),
  limit: exactOptional(limitModel),
  enabled: exactOptional(z.boolean()),
}

const basic = strict({
  kind: z.literal('basic'),
  ...grants,
  username: text,
  password: textOrTexts,
  realm: exactOptional(text),
} satisfies Members<BasicDefinition>)

const apiKey = strict({
  kind: z.literal('apiKey'),
  ...grants,
  key: textOrTexts,
  in: exactOptional(z.enum(['header', 'query', 'cookie'])),
  name: exactOptional(text),
} satisfies Members<ApiKeyDefinition>)

const algorithms = [
  ...['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
] as JwtSettings['algorithms'][number][]

const jwt = strict({
  algorithms: z.array(z.enum(algorithms)),
  key: exactOptional(text),
  keyFile: exactOptional(text),
  jwks: exactOptional(text),
  insideNetwork: exactOptional(z.boolean()),
  issuer: exactOptional(textOrTexts),
  audience: exactOptional(textOrTexts),
  type: exactOptional(text),
  leeway: exactOptional(z.number()),
  maxAge: exactOptional(z.number()),
  claims: exactOptional(
    z.record(z.string(), oneOf('a text, a number, true or false', [z.string(), z.number(), z.boolean()])),
  ),
  from: exactOptional(
    strict({ scopes: exactOptional(text), roles: exactOptional(text), username: exactOptional(text) }),
  ),
} satisfies Members<JwtSettings>)

const introspection = strict({
  address: text,
  insideNetwork: exactOptional(z.boolean()),
  clientId: text,
  clientSecret: text,
  keepFor: exactOptional(z.number()),
} satisfies Members<IntrospectionSettings>)

const bearer = strict({
  kind: z.literal('bearer'),
  ...grants,
  realm: exactOptional(text),
  token: exactOptional(textOrTexts),
  jwt: exactOptional(jwt),
  introspection: exactOptional(introspection),
  issued: exactOptional(z.boolean()),
} satisfies Members<BearerDefinition>)

const session = strict({ kind: z.literal('session'), ...grants } satisfies Members<SessionDefinition>)

const mutualTls = strict({
  kind: z.literal('mutualTls'),
  ...grants,
  fingerprints: exactOptional(texts),
  subjects: exactOptional(texts),
  names: exactOptional(texts),
} satisfies Members<MutualTlsDefinition>)

const definition = z.discriminatedUnion('kind', [basic, apiKey, bearer, session, mutualTls], {
  error: 'must be basic, apiKey, bearer, session or mutualTls',
})

/** A security definition, or a group of them. */
export const definitionOrGroup: z.ZodType<Definition | string[]> = oneOf(
  "a definition with a 'kind', or a list of the names of definitions",
  [texts, definition],
)
