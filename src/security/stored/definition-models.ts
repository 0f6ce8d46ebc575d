import { z } from 'zod'
import type { Limit } from '../../kernel/access-settings.ts'
import { once } from '../../schema/once.ts'
import { isThisMachine } from '../remote/inward.ts'
import type { Kind, StoredSettings } from './stored-definition.ts'

type Model<T> = z.ZodType<T, T>

/** The models of definitions and groups, as they are given and kept. */
export interface DefinitionModels {
  /** What definitions and groups may be called. */
  readonly name: Model<string>
  /** A password that is given, not made. */
  readonly password: Model<string>
  /** How often; the same that code may say, but for functions. */
  readonly limit: Model<Limit>
  /** A list of roles, scopes or the like. */
  readonly texts: Model<readonly string[]>
  /** What a definition says by its kind. */
  readonly settings: Readonly<Record<Kind, Model<StoredSettings>>>
}

/** The models, made when somebody first asks for them: most processes never do. */
export const definitionModels: () => DefinitionModels = once(() => {
  const text = z.string().min(1).max(1000)
  const texts = z.array(text).max(100)
  return {
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'takes letters, digits, dots, dashes and underscores, 64 at the most')
      .describe('What channels and groups call it'),
    password: z.string().min(8).max(1024),
    limit: limitModel(text),
    texts,
    settings: {
      basic: basicSettings(text),
      apiKey: z.strictObject({
        in: z.enum(['header', 'query', 'cookie']).optional().describe('Where it is sent'),
        name: z.string().regex(token).optional().describe('The name of the header, parameter or cookie'),
      }),
      bearer: bearerSettings(text, texts),
      session: z.strictObject({}),
      mutualTls: certificateSettings(texts),
    },
  }
})

// RFC 9110, 5.6.2.
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/

function limitModel(text: z.ZodString): Model<Limit> {
  const rule = z.strictObject({
    from: z.array(text).max(100).exactOptional().describe('Addresses and ranges'),
    between: z.tuple([text, text]).exactOptional().describe('Times of the day'),
    timeZone: text.exactOptional(),
    rate: text,
  })
  return z.union([
    text,
    z.strictObject({
      rate: text,
      by: z.enum(['address', 'definition', 'caller', 'role', 'channel']).exactOptional(),
      algorithm: z.enum(['sliding', 'fixed', 'bucket']).exactOptional(),
      burst: z.int().positive().exactOptional(),
      name: text.exactOptional(),
      rules: z.array(rule).max(100).exactOptional(),
    }),
  ]) as z.ZodType as Model<Limit>
}

function basicSettings(text: z.ZodString): Model<StoredSettings> {
  // RFC 7617, 2: no colon, no control characters.
  const username = z
    .string()
    .max(255)
    .regex(/^[^:\p{Cc}]+$/u, 'has a colon or a control character, or is empty')
  return z.strictObject({
    username: username.optional().describe('The name of the client; that of the definition if it is not given'),
    realm: text.optional().describe('What the challenge names'),
  })
}

function bearerSettings(text: z.ZodString, texts: z.ZodArray<z.ZodString>): Model<StoredSettings> {
  const algorithm = z.enum([
    ...(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
    ...(['ES256', 'ES384', 'ES512', 'EdDSA'] as const),
  ])
  // Whoever may make definitions over HTTP is not the one who has set the machine up.
  const address = z
    .url({ protocol: /^https$/ })
    .max(2000)
    .refine((text) => {
      const url = URL.parse(text)
      return url === null || !isThisMachine(url)
    }, 'leads to the machine of the app')
  const jwt = z
    .strictObject({
      algorithms: z.array(algorithm).min(1).describe('The algorithms that are taken'),
      key: z
        .string()
        .min(1)
        .max(20_000)
        .optional()
        .describe('A public key or certificate in PEM, or the secret of HS ones'),
      jwks: address.optional().describe('The address of a set of keys (RFC 7517)'),
      issuer: z.union([text, texts]).optional(),
      audience: z.union([text, texts]).optional(),
      type: text.optional(),
      leeway: z.number().min(0).max(600).optional().describe('How far the clocks may be apart, in seconds'),
      maxAge: z.number().positive().optional().describe('The oldest that a token may be, in seconds'),
      claims: z.record(text, z.union([z.string(), z.number(), z.boolean()])).optional(),
      from: z.strictObject({ scopes: text, roles: text, username: text }).partial().optional(),
    })
    .refine(({ key, jwks }) => (key === undefined) !== (jwks === undefined), 'needs either a key or a jwks address')
  const introspection = z.strictObject({
    address: address.describe('Where to ask (RFC 7662)'),
    clientId: text,
    clientSecret: text,
    keepFor: z.number().positive().max(86_400).optional().describe('How long an answer counts, in seconds'),
  })
  return z
    .strictObject({
      realm: text.optional(),
      jwt: jwt.optional().describe('Tokens of others that carry their own proof (RFC 7519)'),
      introspection: introspection.optional().describe('Tokens that somebody else is asked about (RFC 7662)'),
      issued: z.literal(true).optional().describe("Tokens of this app's own token endpoint"),
    })
    .refine(
      (said) => [said.jwt, said.introspection, said.issued].filter((each) => each !== undefined).length < 2,
      'has more than one of jwt, introspection and issued: make a definition for each',
    )
    .describe('Without jwt, introspection and issued, one token that is made for the client')
}

function certificateSettings(texts: z.ZodArray<z.ZodString>): Model<StoredSettings> {
  const fingerprint = z.string().regex(/^(?:[0-9A-Fa-f]{2}:?){32}$/, 'is no SHA-256 fingerprint')
  return z
    .strictObject({
      fingerprints: z.array(fingerprint).max(100).optional(),
      subjects: texts.optional().describe('Subjects (RFC 4514)'),
      names: texts.optional().describe('Alternative names, such as DNS:hr.example.com'),
    })
    .refine(
      (said) => Object.values(said).some((each) => each !== undefined && each.length > 0),
      'names no certificate: give fingerprints, subjects or names',
    )
}
