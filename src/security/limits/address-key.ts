/**
 * What client addresses are counted by: IPv4 as it is, IPv6 by its first 64 bits, since whoever has one of those
 * addresses has all of them.
 */
export function addressKey(address: string | undefined): string {
  if (address === undefined) return ''
  return address.includes(':') ? networkOf(address) : address
}

function networkOf(address: string): string {
  const [plain = ''] = address.toLowerCase().split('%')
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain) ?? []
  if (mapped !== undefined) return mapped
  const [before = '', after] = plain.split('::')
  const front = before === '' ? [] : before.split(':')
  // An IPv4 address at the end stands for two groups.
  const back =
    after === undefined || after === ''
      ? []
      : after.split(':').flatMap((each) => (each.includes('.') ? [each, ''] : each))
  const zeros = after === undefined ? 0 : 8 - front.length - back.length
  const groups = [...front, ...Array<string>(Math.max(0, zeros)).fill('0'), ...back]
  return `${groups
    .slice(0, 4)
    .map((each) => each.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
