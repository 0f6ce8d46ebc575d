import type { ServiceTree } from '../../kernel/service-names.ts'
import { StartupError } from '../../kernel/startup-error.ts'
import type { AppSettings } from '../app-options.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { withConfiguredChannels } from './configured-channels.ts'

/** The services and settings of an app. */
interface Written {
  readonly services: ServiceTree
  readonly settings: AppSettings
}

/**
 * The services and settings of the code with what the configuration file adds.
 *
 * @throws StartupError with what both say, and with channels that cannot be
 */
export function withConfiguration({ services, settings }: Written, file: ConfigurationFile, code: string): Written {
  const channels = withConfiguredChannels(services, file)
  const faults = [...namedTwice(settings, file, code), ...channels.faults]
  if (faults.length > 0) throw new StartupError(faults)
  const { channels: _channels, security, roles, ...others } = file.configuration
  const merged: AppSettings = {
    ...settings,
    ...others,
    ...(security !== undefined && { security: { ...settings.security, ...security } }),
    ...(roles !== undefined && { roles: { ...settings.roles, ...roles } }),
  }
  return { services: channels.services, settings: merged }
}

function namedTwice(
  settings: AppSettings,
  { configuration, faultAt }: ConfigurationFile,
  code: string,
): readonly string[] {
  const twice = (path: readonly string[]): string => faultAt(path, 'key', `is in ${code}, too: keep one of them`)
  const members = (['security', 'roles'] as const).flatMap((name) =>
    Object.keys(configuration[name] ?? {})
      .filter((each) => Object.hasOwn(settings[name] ?? {}, each))
      .map((each) => twice([name, each])),
  )
  const single = (['defaultSecurity', 'denyByDefault'] as const).filter(
    (name) => configuration[name] !== undefined && settings[name] !== undefined,
  )
  return [...members, ...single.map((name) => twice([name]))]
}
