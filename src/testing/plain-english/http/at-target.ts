import type { Target } from '../target.ts'

/** Where the API under test really runs, for an address that means it; any other address as it is. */
export function atTarget(url: URL, target: Pick<Target, 'address' | 'isMeant'>): URL {
  const own = new URL(target.address)
  if (own.origin === url.origin || !target.isMeant(url)) return url
  return new URL(`${own.origin}${own.pathname.replace(/\/+$/, '')}${url.pathname}${url.search}`)
}
