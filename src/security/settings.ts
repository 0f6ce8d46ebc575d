import type { Limit } from '../kernel/access-settings.ts'
import type { AdminSettings } from './admin/admin-settings.ts'
import type { Definition } from './definitions/definition.ts'
import type { TokenSettings } from './issuing/token-settings.ts'
import type { LimitSettings } from './limits/limit-settings.ts'
import type { Login } from './login/login.ts'
import type { SessionSettings } from './sessions/session-settings.ts'
import type { UserSettings } from './users/users.ts'

/** What a role means. */
export interface RoleSettings {
  /** What those who have it are permitted, such as `orders:*`. */
  readonly permissions?: readonly string[]
  /** How often each of those who have it may call, over all channels. */
  readonly limit?: Limit
}

/** Who may call an app. */
export interface SecuritySettings extends LimitSettings {
  /** Security definitions, and groups of them as lists of names; channels name them in their own `security`. */
  readonly security?: Readonly<Record<string, Definition | readonly string[]>>
  /** What channels ask for that say nothing of their own; `false` or nothing leaves them open. */
  readonly defaultSecurity?: false | string | readonly string[]
  /** Refuses to start with a channel that neither asks for credentials nor says `security: false`. */
  readonly denyByDefault?: boolean
  /** Where, and by whom, the app's security is administered over HTTP; by the code and the shell alone if it is not given. */
  readonly admin?: AdminSettings
  /** How the app knows the people that log in; its stored users if it is not given. */
  readonly login?: Login
  /** The users that the app keeps itself: those that log in where it gives no `login`. */
  readonly users?: UserSettings
  /** The sessions of browsers that log in; for `session()` definitions. */
  readonly sessions?: SessionSettings
  /** The tokens that the app issues itself, at `/token`; for `bearer({ issued: true })` definitions. */
  readonly tokens?: TokenSettings
  /** What roles mean: permissions, or permissions and limits. */
  readonly roles?: Readonly<Record<string, readonly string[] | RoleSettings>>
}
