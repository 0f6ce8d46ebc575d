import type { Exchange } from '../exchange.ts'
import type { Feature } from '../feature.ts'
import type { RestChannel } from '../rest-channel.ts'
import type { Deprecation } from './deprecation-settings.ts'

/** Tells clients in each reply that they should move on, since when, until when and where to (RFC 9745, RFC 8594). */
export const deprecation: Feature = {
  faults: ({ channel, service }) => {
    const { since, sunset, successor, link } = deprecationOf(channel) ?? {}
    const where = `in deprecated of ${channel.address} (${service})`
    const dates = [since, sunset].filter((date) => date !== undefined && Number.isNaN(timeOf(date)))
    const links = [successor, link].filter((each) => each !== undefined && !/^[!-;=?-~]+$/.test(each))
    return [
      ...dates.map((date) => `'${date}' ${where} is no date: use 2026-01-31`),
      ...links.map((each) => `'${each}' ${where} is no URL or path: percent-encode what is not plain`),
    ]
  },
  gate: ({ channel }) => {
    const lines = deprecationLines(deprecationOf(channel))
    if (lines.length === 0) return undefined
    return (exchange: Exchange) => {
      exchange.filter((outgoing) => {
        outgoing.headers.push(...lines)
        return outgoing
      })
      return undefined
    }
  },
  describe: (operation, channel) => {
    const said = deprecationOf(channel)
    if (said === undefined) return operation
    const names = deprecationLines(said).filter((_, at) => at % 2 === 0)
    const { reply } = operation
    return {
      ...operation,
      deprecated: true,
      reply: { ...reply, headers: [...reply.headers, ...new Set(names)] },
    }
  },
}

/** What a channel says of its end: its own word, or that of its version. */
function deprecationOf({ options, version }: RestChannel): Deprecation | undefined {
  const said = version?.settings.deprecated?.[version.name] ?? options.deprecated
  if (said === undefined || said === false) return undefined
  return said === true ? {} : said
}

/** Names and values in turn; each link a line of its own, which adds to those that are there. */
function deprecationLines({ since, sunset, successor, link }: Deprecation = {}): readonly string[] {
  return [
    ...(since === undefined ? [] : ['Deprecation', `@${Math.floor(timeOf(since) / 1000)}`]),
    ...(sunset === undefined ? [] : ['Sunset', new Date(sunset).toUTCString()]),
    ...(successor === undefined ? [] : ['Link', `<${successor}>; rel="successor-version"`]),
    ...(link === undefined ? [] : ['Link', `<${link}>; rel="deprecation"`]),
  ]
}

function timeOf(date: Date | string): number {
  return new Date(date).getTime()
}
