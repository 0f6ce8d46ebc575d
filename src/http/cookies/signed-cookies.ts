import type { Feature, Gate } from '../feature.ts'
import type { RestChannel } from '../rest-channel.ts'

/** What no one can guess, in characters. */
const shortest = 32

/** Gives calls the secrets that their cookies are signed with. */
export const signedCookies: Feature = {
  faults: ({ channel, service }) => {
    const { cookieSecrets = [] } = channel.options
    const which = `${channel.address} (${service})`
    const faults: string[] = []
    if (cookieSecrets.some((secret) => secret.length < shortest)) {
      faults.push(`one of the cookieSecrets of ${which} has less than ${shortest} characters: make a longer one`)
    }
    for (const [member, place] of signedSources(channel)) {
      if (place !== 'cookie')
        faults.push(`${which} takes '${member}' signed from the ${place}: only cookies are signed`)
      else if (cookieSecrets.length === 0) {
        faults.push(`${which} takes '${member}' from a signed cookie, but nothing signs: give the app cookieSecrets`)
      }
    }
    return faults
  },
  gate: ({ channel }): Gate | undefined => {
    const { cookieSecrets } = channel.options
    if (cookieSecrets === undefined || cookieSecrets.length === 0) return undefined
    return (exchange) => {
      exchange.cookieSecrets = cookieSecrets
      return undefined
    }
  },
}

function signedSources({ options }: RestChannel): readonly (readonly [member: string, place: string])[] {
  return Object.entries(options.in ?? {}).flatMap(([member, source]) =>
    typeof source === 'object' && source.signed === true ? [[member, source.in] as const] : [],
  )
}
