import { createHash } from 'node:crypto'

/** Answers a request that proves who is calling by Digest, for `ann` with `secret`; asks any other how. */
export function digestEndpoint({ method, url, headers }: Request): Response {
  const { pathname, search } = new URL(url)
  const given = headers.get('authorization') ?? ''
  const field = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`).exec(given)?.[1] ?? ''
  const proof = md5(`ann:here:secret`)
  const middle = `once:${field('nc')}:${field('cnonce')}:auth`
  const expected = md5(`${proof}:${middle}:${md5(`${method}:${pathname}${search}`)}`)
  if (given.startsWith('Digest ') && field('response') === expected) return Response.json({ user: field('username') })
  const challenge = 'Digest realm="here", nonce="once", qop="auth", algorithm=MD5'
  return new Response(null, { status: 401, headers: { 'WWW-Authenticate': challenge } })
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
