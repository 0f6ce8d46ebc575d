/** Reads a Cookie header (RFC 6265): the first of several with one name counts; what is no pair is passed over. */
export function readCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null)
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=')
    if (equals === -1) continue
    const name = pair.slice(0, equals).trim()
    const value = pair.slice(equals + 1).trim()
    if (name !== '' && !(name in cookies)) cookies[name] = decode(value.replace(/^"(.*)"$/, '$1'))
  }
  return cookies
}

/** Cookie values are opaque to the standard; most clients percent-encode them, and those that do not mean it literally. */
function decode(value: string): string {
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
