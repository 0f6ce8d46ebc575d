import { problem } from '../../kernel/problem.ts'
import type { Outgoing } from '../exchange.ts'
import type { Feature, Gate } from '../feature.ts'
import { addVary } from '../reply/vary.ts'
import type { RestChannel } from '../rest-channel.ts'
import { describedVersion } from './described-version.ts'
import { type Requested, versionReader } from './requested-version.ts'
import { type ChannelVersion, headerName, stylesOf } from './version-settings.ts'

/** Refuses versions that are not there, and tells caches and clients which one they got. */
export const versions: Feature = {
  faults: ({ channel, service }) => versionFaults(channel).map((fault) => `${channel.address} (${service}) ${fault}`),
  gate: ({ channel: { version } }) => {
    if (version === undefined) return undefined
    if (!version.inPath) return byRequest(version)
    return (exchange) => {
      exchange.version = version.name
      return undefined
    }
  },
  describe: (operation, { version }) => (version === undefined ? operation : describedVersion(operation, version)),
}

const versionForm = /^[A-Za-z0-9][\w.-]*$/

function versionFaults({ path, options: { versions: settings, version }, version: own }: RestChannel): string[] {
  if (settings === undefined || settings === false) {
    return version === undefined ? [] : ["has a 'version', but no 'versions' say how requests name it: add them"]
  }
  const styles = stylesOf(settings)
  if (styles.length === 0) return ["has 'versions' without 'by': say where requests name the version"]
  if (styles.includes('path') && styles.length > 1) {
    return ['names its version in the path and elsewhere: give the other ways a group of their own']
  }
  if (own === undefined) {
    if (path.includes('{version}'))
      return ["belongs to no version: give it 'version', or list all of them in 'allowed'"]
    if (!styles.includes('path')) return ["belongs to no version: give it 'version', or list all of them in 'allowed'"]
    return version === undefined ? [] : ["has a 'version', but no '{version}' in its path: put it into the prefix"]
  }
  const { name } = own
  if (!versionForm.test(name)) return [`has the version '${name}': use letters, digits, '.', '_' and '-'`]
  if (settings.allowed?.includes(name) === false) return [`has the version ${name}, which is not among those allowed`]
  return []
}

function byRequest({ name, settings, offered }: ChannelVersion): Gate {
  const read = versionReader(settings)
  const styles = stylesOf(settings)
  const vary = [
    ...(styles.includes('header') ? [headerName(settings)] : []),
    ...(styles.includes('media-type') ? ['Accept'] : []),
  ]
  return (exchange) => {
    const asked = read(exchange)
    const byMedia = asked?.style === 'media-type'
    if (vary.length > 0 || byMedia) exchange.filter((outgoing) => marked(outgoing, vary, byMedia ? name : undefined))
    if (asked === undefined ? settings.default !== name : !asked.names.includes(name)) refuse(asked, offered)
    exchange.version = name
    return undefined
  }
}

function marked(outgoing: Outgoing, vary: readonly string[], version: string | undefined): Outgoing {
  const { headers, status } = outgoing
  if (vary.length > 0) addVary(headers, ...vary)
  if (version === undefined || status >= 400) return outgoing
  const at = headers.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === 'content-type')
  if (at !== -1) headers[at + 1] = `${headers[at + 1]}; version=${version}`
  return outgoing
}

function refuse(asked: Requested | undefined, offered: readonly string[]): never {
  const supported = `supported: ${offered.join(', ')}`
  if (asked === undefined) throw problem('unsupported_version', `Name an API version, ${supported}`)
  const { style, names, named } = asked
  if (names.length === 0) {
    const all = [...new Set(named)].join(', ')
    throw problem('unsupported_version', `Contradicting API versions: ${all}; name one of them, ${supported}`)
  }
  const detail = `Unsupported API version: ${names[0]}; ${supported}`
  throw problem(style === 'media-type' ? 'not_acceptable' : 'unsupported_version', detail)
}
