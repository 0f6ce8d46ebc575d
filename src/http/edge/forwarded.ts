import { isIP } from 'node:net'
import { plainAddress } from './address-list.ts'

/** What one proxy says of the request that it received. */
export interface Hop {
  /** Whom it received the request from; undefined when it does not say, or not as an IP address. */
  readonly address: string | undefined
  readonly scheme: string | undefined
  readonly host: string | undefined
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * The hops that proxies tell of, the one nearest to the client first; undefined when they tell of none, or in a way that
 * cannot be read. `Forwarded` (RFC 7239) and `X-Forwarded-*` count alike; where both come, they have to name the same
 * addresses: a proxy that writes the one may let a client's own other one pass.
 */
export function hopsOf(headers: Headers): readonly Hop[] | undefined {
  const standard = readForwarded(text(headers.forwarded))
  const usual = readXForwarded(headers)
  if (headers.forwarded === undefined) return usual
  if (headers['x-forwarded-for'] === undefined) return standard
  return sameAddresses(standard, usual) ? standard : undefined
}

function sameAddresses(some: readonly Hop[] = [], others: readonly Hop[] = []): boolean {
  return some.length === others.length && some.every(({ address }, at) => address === others[at]?.address)
}

const token = String.raw`[\w!#$%&'*+.^\`|~-]+`
const pair = new RegExp(String.raw`[ \t]*(${token})=(?:(${token})|"((?:[^"\\]|\\.)*)")[ \t]*([;,]|$)`, 'y')

/** Reads `Forwarded`. */
function readForwarded(value: string | undefined): readonly Hop[] | undefined {
  if (value === undefined) return undefined
  const hops: Hop[] = []
  let members: Record<string, string> = {}
  for (let at = 0; at < value.length; ) {
    pair.lastIndex = at
    const found = pair.exec(value)
    const name = found?.[1]?.toLowerCase()
    if (found === null || name === undefined || Object.hasOwn(members, name)) return undefined
    members[name] = found[2] ?? found[3]?.replace(/\\(.)/g, '$1') ?? ''
    at = pair.lastIndex
    if (found[4] === ';') continue
    hops.push(hop(members.for, members.proto, members.host))
    members = {}
  }
  return hops
}

/** Reads `X-Forwarded-For`, with `-Proto` and `-Host` for each hop, or for the last one where they are fewer. */
function readXForwarded(headers: Headers): readonly Hop[] | undefined {
  const addresses = list(headers['x-forwarded-for'])
  const schemes = list(headers['x-forwarded-proto'])
  const hosts = list(headers['x-forwarded-host'])
  const count = Math.max(addresses.length, schemes.length > 0 || hosts.length > 0 ? 1 : 0)
  if (count === 0) return undefined
  const of = (values: readonly string[], at: number): string | undefined =>
    values.length === count ? values[at] : values.at(-1)
  return Array.from({ length: count }, (_, at) => hop(addresses[at], of(schemes, at), of(hosts, at)))
}

function hop(node: string | undefined, scheme: string | undefined, host: string | undefined): Hop {
  const lower = scheme?.toLowerCase()
  return {
    address: node === undefined ? undefined : addressOf(node),
    scheme: lower === 'http' || lower === 'https' ? lower : undefined,
    host: host !== undefined && /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host) ? host : undefined,
  }
}

/** The IP address of a node, which may have a port; undefined for `unknown`, a name, or anything else. */
function addressOf(node: string): string | undefined {
  const bracketed = /^\[([^\]]+)\](?::\w+)?$/.exec(node)?.[1]
  const address = bracketed ?? (isIP(node) === 6 ? node : node.replace(/:\w+$/, ''))
  return isIP(address) === 0 ? undefined : plainAddress(address)
}

function list(value: string | string[] | undefined): string[] {
  return (text(value) ?? '').split(',').flatMap((each) => each.trim() || [])
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}
