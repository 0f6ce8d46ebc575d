import { chainedOnError } from './errors/on-error.ts'
import type { RestDefaults } from './rest-channel.ts'
import { joinPrefix } from './route/prefix.ts'

type Settings = RestDefaults

/** How two layers of a setting become one, where it is not the inner that counts alone. */
type Merges = { readonly [Name in keyof Settings]?: (outer: Present<Name>, inner: Present<Name>) => Present<Name> }
type Present<Name extends keyof Settings> = NonNullable<Settings[Name]>

const merges: Merges = {
  headers: (outer, inner) => ({ ...outer, ...inner }),
  onError: chainedOnError,
  prefix: joinPrefix,
  tags: (outer, inner) => [...new Set([...outer, ...inner])],
  uploads: (outer, inner) => ({ ...outer, ...inner }),
}

/** The settings of two layers as one. */
export function mergedSettings<Inner extends Settings>(outer: Settings, inner: Inner): Inner {
  const both = (Object.keys(merges) as (keyof Settings)[]).flatMap((name) => {
    return outer[name] === undefined || inner[name] === undefined ? [] : [[name, merged(name, outer, inner)] as const]
  })
  return { ...outer, ...inner, ...Object.fromEntries(both) }
}

function merged(name: keyof Settings, outer: Settings, inner: Settings): unknown {
  const merge = merges[name] as (outer: unknown, inner: unknown) => unknown
  return merge(outer[name], inner[name])
}
