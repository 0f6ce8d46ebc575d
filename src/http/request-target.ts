const beyondAscii = /[\x80-\xff]/

/**
 * Path and query of a request target (RFC 9112, 3.2), ready for routing: an absolute URL loses its scheme and
 * authority, and raw UTF-8 bytes, which the parser hands on as Latin-1, become the characters they mean.
 */
export function pathAndQuery(target: string): string {
  const origin = target.charCodeAt(0) === 47 ? target : withoutAuthority(target)
  return beyondAscii.test(origin) ? Buffer.from(origin, 'latin1').toString('utf8') : origin
}

function withoutAuthority(target: string): string {
  const absolute = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(target)
  if (absolute === null) return target
  const rest = target.slice(absolute[0].length)
  return rest.startsWith('/') ? rest : `/${rest}`
}
