import { BlockList, isIP } from 'node:net'

/** Names for ranges of addresses that are no public ones. */
const ranges: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/** Whether an IP address is on a list. */
export type OnList = (address: string) => boolean

/** Whether an entry is an IP address, a range such as `10.0.0.0/8`, `loopback`, `linklocal` or `private`. */
export function isAddressEntry(entry: string): boolean {
  if (Object.hasOwn(ranges, entry)) return true
  const [address = '', bits, more] = entry.split('/')
  const family = isIP(address)
  if (family === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

/** Compiles a list of entries, each as {@link isAddressEntry} has it. */
export function addressList(entries: readonly string[]): OnList {
  const list = new BlockList()
  for (const entry of entries.flatMap((each) => ranges[each] ?? [each])) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => {
    const family = isIP(address)
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}

/** An IP address as it is written without more ado: IPv4 within IPv6 is IPv4. */
export function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
}
