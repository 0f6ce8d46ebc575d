import { z } from 'zod'
import type { AccessSettings, Limit, LimitOptions, LimitRule } from '../../kernel/access-settings.ts'
import type { CallerRule } from '../../kernel/rule.ts'
import { type Members, oneOf, strict, text, texts } from './strict.ts'

const { exactOptional } = z

const timeOfDay = z.string().regex(/^\d{1,2}:\d{2}$/, { error: "must be a time of day, such as '22:00'" })

const limitRule: z.ZodType<LimitRule> = strict({
  from: exactOptional(texts),
  between: exactOptional(z.tuple([timeOfDay, timeOfDay])),
  timeZone: exactOptional(text),
  rate: text,
} satisfies Members<LimitRule>)

const limitOptions: z.ZodType<LimitOptions> = strict({
  rate: text,
  by: exactOptional(z.enum(['address', 'definition', 'caller', 'role', 'channel'])),
  algorithm: exactOptional(z.enum(['sliding', 'fixed', 'bucket'])),
  burst: exactOptional(z.number().int().positive({ error: 'must be above 0' })),
  name: exactOptional(text),
  rules: exactOptional(z.array(limitRule)),
} satisfies Members<LimitOptions>)

/** How often. */
export const limitModel: z.ZodType<Limit> = oneOf("a rate such as '100/minute', or a mapping with one", [
  text,
  limitOptions,
])

const kinds = ['role', 'scope', 'permission', 'authenticated', 'allOf', 'anyOf', 'not'] as const

/** Who may call, as data. */
export const ruleModel: z.ZodType<CallerRule> = z.lazy(() =>
  strict({
    role: exactOptional(text),
    scope: exactOptional(text),
    permission: exactOptional(text),
    authenticated: exactOptional(z.literal(true)),
    allOf: exactOptional(z.array(ruleModel)),
    anyOf: exactOptional(z.array(ruleModel)),
    not: exactOptional(ruleModel),
    reason: exactOptional(text),
  })
    .refine((rule) => kinds.filter((kind) => kind in rule).length === 1, {
      error: `must have one of ${kinds.slice(0, -1).join(', ')} and not, and just one`,
    })
    .transform((rule) => rule as CallerRule),
)

/** What a channel asks for. */
export const securityNames: z.ZodType<false | string | string[]> = oneOf('a name, a list of names, or false', [
  z.literal(false),
  text,
  texts,
])

/** Who may call by a channel, and how often. */
export const accessShape: {
  readonly security: z.ZodExactOptional<typeof securityNames>
  readonly allow: z.ZodExactOptional<typeof ruleModel>
  readonly limit: z.ZodExactOptional<z.ZodType<NonNullable<AccessSettings['limit']>>>
} = {
  security: exactOptional(securityNames),
  allow: exactOptional(ruleModel),
  limit: exactOptional(
    oneOf("a rate such as '100/minute', a mapping with one, a list of them, or false", [
      z.literal(false),
      text,
      limitOptions,
      z.array(limitModel),
    ]),
  ),
}
