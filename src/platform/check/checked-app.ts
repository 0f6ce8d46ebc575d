import type { RestDefaults } from '../../http/rest-channel.ts'
import { restChannels } from '../../http/rest-channels.ts'
import { handshakes } from '../../http/websocket/handshakes.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { CallerRule, Rule } from '../../kernel/rule.ts'
import { isBuiltIn } from '../../kernel/service-names.ts'
import type { Definition } from '../../security/definitions/definition.ts'
import type { AppSettings } from '../app-options.ts'
import type { App } from '../app-types.ts'
import type { SourceFile } from './source-files.ts'

/** A channel of the app's own, with its settings in full. */
export interface CheckedChannel {
  /** Address and service, such as `GET /orders (orders.list)`. */
  readonly where: string
  /** `ANY` for all methods, `WS` for WebSocket. */
  readonly method: string
  readonly settings: RestDefaults
  /** The names that it asks for; nothing where it is open. */
  readonly names: readonly string[]
  /** Whether somebody has said that it is to be open. */
  readonly saidOpen: boolean
  readonly rules: readonly (CallerRule | Rule<never>)[]
  readonly entry: RegisteredService
}

/** What checks look at. */
export interface CheckedApp {
  readonly settings: AppSettings
  readonly channels: readonly CheckedChannel[]
  readonly definitions: Readonly<Record<string, Definition>>
  readonly groups: Readonly<Record<string, readonly string[]>>
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The files of the app. */
  readonly sources: readonly SourceFile[]
}

/** Gathers what is known of an app that could start. */
export function checkedApp(
  app: App,
  settings: AppSettings,
  around: Pick<CheckedApp, 'environment' | 'sources'>,
): CheckedApp {
  const { tags: _tags, version: _version, security = {}, defaultSecurity, ...common } = settings
  const shared: RestDefaults = { ...common, ...(defaultSecurity !== undefined && { security: defaultSecurity }) }
  const services = app.services.filter(({ name }) => !isBuiltIn(name))
  const routes = [
    ...restChannels(services, shared).map(({ channel, target }) => ({ channel, entry: target })),
    ...handshakes(services, shared).map(({ channel, target }) => ({ channel, entry: target.entry })),
  ]
  const channels = routes.map(({ channel: { address, options }, entry }): CheckedChannel => {
    const { security: said, allow } = options
    return {
      where: `${address} (${entry.name})`,
      method: address.split(' ', 1)[0] ?? '',
      settings: options,
      names: said === undefined || said === false ? [] : [said].flat(),
      saidOpen: said === false,
      rules: [allow, entry.service.allow].filter((each) => each !== undefined),
      entry,
    }
  })
  const entries = Object.entries(security)
  const definitions = entries.flatMap(([name, said]) => (isGroup(said) ? [] : [[name, said] as const]))
  const groups = entries.flatMap(([name, said]) => (isGroup(said) ? [[name, said] as const] : []))
  return {
    settings,
    channels: [...new Map(channels.map((each) => [each.where, each])).values()],
    definitions: Object.fromEntries(definitions),
    groups: Object.fromEntries(groups),
    ...around,
  }
}

/** The definitions that a channel takes. */
export function acceptedBy({ names }: CheckedChannel, { definitions, groups }: CheckedApp): readonly Definition[] {
  const members = names.flatMap((name) => (Object.hasOwn(groups, name) ? (groups[name] ?? []) : [name]))
  return members.flatMap((name) => (Object.hasOwn(definitions, name) ? (definitions[name] ?? []) : []))
}

function isGroup(said: Definition | readonly string[]): said is readonly string[] {
  return Array.isArray(said)
}
