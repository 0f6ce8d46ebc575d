import type { RestChannel } from '../rest-channel.ts'

/** The names of formats that can stand behind the path of a channel, each once. */
export function suffixesOf({ options, method, path }: RestChannel): readonly string[] {
  if (options.formatSuffix !== true || method !== 'GET' || path.endsWith('/')) return []
  const names = (options.produces ?? []).map((each) => (typeof each === 'string' ? each : each.name))
  return [...new Set(names)].filter((name) => !name.includes('/'))
}

/** The channel itself, and one for each of its suffixes, which replies in that format whatever Accept says. */
export function withSuffixes(channel: RestChannel): readonly RestChannel[] {
  const { path, options, method } = channel
  const suffixed = suffixesOf(channel).map((name): RestChannel => {
    const produces = (options.produces ?? []).filter((each) => (typeof each === 'string' ? each : each.name) === name)
    const { formatSuffix: _suffix, formatParameter: _parameter, ...kept } = options
    return {
      ...channel,
      path: `${path}.${name}`,
      address: `${method} ${path}.${name}`,
      options: { ...kept, produces, accept: 'ignore', hidden: true },
    }
  })
  return [channel, ...suffixed]
}
