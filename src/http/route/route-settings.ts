import type { DeprecationSettings } from '../versions/deprecation-settings.ts'
import type { VersionSettings } from '../versions/version-settings.ts'
import type { PrefixSettings } from './prefix.ts'
import type { TrailingSlashSettings } from './trailing-slash-settings.ts'

/** Where channels are reached, and what their families have in common. */
export interface RouteSettings extends PrefixSettings, TrailingSlashSettings, VersionSettings, DeprecationSettings {
  /** Groups operations in the documentation, beside the tags of the services. */
  readonly tags?: readonly string[]
}
