import { z } from 'zod'
import type { IdempotencyOptions, IdempotencySettings } from '../../http/idempotency/idempotency-settings.ts'
import type { AccessSettings } from '../../kernel/access-settings.ts'
import type { RoleSettings, SecuritySettings } from '../../security/settings.ts'
import { accessShape, limitModel, securityNames } from './access-model.ts'
import { definitionOrGroup } from './definition-model.ts'
import { type Members, oneOf, strict, text, textOrTexts, texts } from './strict.ts'

const { exactOptional } = z

/** An entrance of a service, as data. */
export interface ConfiguredChannel extends AccessSettings, IdempotencySettings {
  /** The name of the service. */
  readonly service: string
  /** Such as `GET /users/{id}`, one or several. */
  readonly on: string | readonly string[]
  /** Goes in front of the path, behind that of the app; `false` leaves out the app's, too. */
  readonly prefix?: string | false
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly tags?: readonly string[]
  readonly hidden?: boolean
  readonly deprecated?: boolean
  readonly authFailureStatus?: 401 | 403
  readonly forbiddenStatus?: 403 | 404
}

/** What `trestle.yaml` says. */
export interface Configuration
  extends Pick<SecuritySettings, 'security' | 'roles' | 'defaultSecurity' | 'denyByDefault'> {
  readonly channels?: readonly ConfiguredChannel[]
}

const idempotency = strict({
  required: exactOptional(z.boolean()),
  expiry: exactOptional(z.number()),
  maxBytes: exactOptional(z.int()),
} satisfies Members<IdempotencyOptions>)

const channel: z.ZodType<ConfiguredChannel> = strict({
  service: text,
  on: textOrTexts,
  ...accessShape,
  idempotent: exactOptional(
    oneOf("true, false, 'required', or a mapping", [z.boolean(), z.literal('required'), idempotency]),
  ),
  prefix: exactOptional(oneOf('a path, or false', [text, z.literal(false)])),
  status: exactOptional(z.int().min(200).max(299)),
  headers: exactOptional(z.record(z.string(), z.string())),
  tags: exactOptional(texts),
  hidden: exactOptional(z.boolean()),
  deprecated: exactOptional(z.boolean()),
  authFailureStatus: exactOptional(z.literal([401, 403])),
  forbiddenStatus: exactOptional(z.literal([403, 404])),
})

const role: z.ZodType<readonly string[] | RoleSettings> = oneOf('a list of permissions, or a mapping with one', [
  texts,
  strict({ permissions: exactOptional(texts), limit: exactOptional(limitModel) }),
])

/** The model of `trestle.yaml`. */
export const configurationModel: z.ZodType<Configuration> = strict({
  security: exactOptional(z.record(z.string(), definitionOrGroup)),
  roles: exactOptional(z.record(z.string(), role)),
  defaultSecurity: exactOptional(securityNames),
  denyByDefault: exactOptional(z.boolean()),
  channels: exactOptional(z.array(channel)),
})
