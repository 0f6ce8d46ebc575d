/**
 * Path and query of a request target (RFC 9112, 3.2), ready for routing: an absolute URL loses its scheme and
 * authority. Characters beyond ASCII never come here: the parser takes them only percent-encoded.
 */
export function pathAndQuery(target: string): string {
  return target.charCodeAt(0) === 47 ? target : withoutAuthority(target)
}

function withoutAuthority(target: string): string {
  const absolute = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(target)
  if (absolute === null) return target
  const rest = target.slice(absolute[0].length)
  return rest.startsWith('/') ? rest : `/${rest}`
}
