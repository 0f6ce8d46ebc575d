import { isIP } from 'node:net'
import type { SecurityHost } from '../host.ts'

/** The IP addresses of a host name. */
export type Resolve = (name: string) => Promise<readonly string[]>

/** Finds where an address leads. @throws Error for one that leads inward */
export type Destinations = (address: URL) => Promise<readonly string[]>

/** What a network of one's own is made of (RFC 1918, RFC 4193, RFC 6598), and the machine itself. */
const own = 'loopback private 100.64.0.0/10'
/** What else is no address of the public Internet (RFC 6890), or leads to one that is none. */
const never = `
  linklocal 0.0.0.0/8 192.0.0.0/24 192.0.2.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
  224.0.0.0/4 240.0.0.0/4 ::/128 fec0::/10 ff00::/8 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16`

/**
 * Makes what finds the IP addresses behind an address of the settings. One that leads inward is refused, so that nobody
 * makes the app look into the network that it stands in (OWASP API7:2023), unless `insideNetwork` says that it shall; a
 * host that is plainly this machine, such as `127.0.0.1`, is meant. Link-local addresses, behind which clouds keep
 * credentials, are always refused.
 */
export function destinations(
  { addressList, report }: Pick<SecurityHost, 'addressList'> & Partial<Pick<SecurityHost, 'report'>>,
  resolve: Resolve,
  insideNetwork = false,
): Destinations {
  // Compiled when it is first needed: most apps ask nobody.
  let compiled: ((address: string) => boolean) | undefined
  return async (address) => {
    compiled ??= addressList((insideNetwork ? never : `${own} ${never}`).trim().split(/\s+/))
    const isInward = compiled
    const name = hostOf(address)
    const found = isIP(name) === 0 ? await resolve(name) : [name]
    if (found.length === 0) throw new Error(`${name} has no address`)
    if (isThisMachine(address)) return found
    const bad = found.find((each) => isIP(each) === 0 || isInward(each))
    if (bad === undefined) return found
    const detail = `${name} leads inward, to ${bad}`
    report?.({ type: 'address.refused', cid: undefined, detail, subject: `address:${address.origin}` })
    throw new Error(detail)
  }
}

/** Whether an address names the machine itself, and not by a name that only leads there. */
export function isThisMachine(address: URL): boolean {
  const name = hostOf(address)
  return name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name)
}

/** What is wrong with an address that the app shall ask, as the end of a sentence. */
export function addressFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is no address: give one such as https://id.example.com/jwks'
  const address = new URL(text)
  if (address.username !== '' || address.password !== '') return 'has credentials in it: leave them out'
  if (address.protocol === 'https:' || (address.protocol === 'http:' && isThisMachine(address))) return undefined
  return 'is not safe from being changed on the way: give an https address; http is taken for 127.0.0.1 and [::1] only'
}

function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}
