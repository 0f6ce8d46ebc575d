import type { Feature } from '../feature.ts'
import { paramNames } from './path-pattern.ts'

/** What prefixes and tags of groups, bases and the app mean to a channel. */
export const placement: Feature = {
  faults: ({ channel, service, target: { input } }) =>
    paramNames(channel.path).flatMap((name) =>
      input?.members?.has(name)
        ? []
        : [`${channel.address} takes {${name}}, but the input of ${service} has no member '${name}': add it there`],
    ),
  describe: (operation, { options: { tags = [] } }) => {
    return tags.length === 0 ? operation : { ...operation, tags: [...new Set([...operation.tags, ...tags])] }
  },
}
