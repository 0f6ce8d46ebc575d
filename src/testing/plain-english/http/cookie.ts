/** A cookie that a reply has set. */
export interface Cookie {
  readonly name: string
  readonly value: string
  /** The host, or the domain that the reply named. */
  readonly domain: string
  /** Whether no other host than that of the reply gets it. */
  readonly hostOnly: boolean
  readonly path: string
  readonly secure: boolean
  readonly httpOnly: boolean
  /** As the reply wrote it; nothing when it did not. */
  readonly sameSite: string | undefined
  /** Nothing for one that ends with the session. */
  readonly expires: Date | undefined
}

/** Reads a `Set-Cookie` header of a reply from an address (RFC 6265, 5.2); nothing when it names no cookie. */
export function readCookie(line: string, url: URL, now: Date): Cookie | undefined {
  const [pair = '', ...rest] = line.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, equals).trim()
  if (equals === -1 || name === '') return undefined
  const attributes = new Map(rest.map(attributeOf))
  const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase() ?? ''
  const path = attributes.get('path') ?? ''
  return {
    name,
    value: pair.slice(equals + 1).trim(),
    domain: domain === '' ? url.hostname : domain,
    hostOnly: domain === '',
    path: path.startsWith('/') ? path : defaultPath(url),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: attributes.get('samesite'),
    expires: expiry(attributes, now),
  }
}

function attributeOf(text: string): [name: string, value: string] {
  const equals = text.indexOf('=')
  if (equals === -1) return [text.trim().toLowerCase(), '']
  return [text.slice(0, equals).trim().toLowerCase(), text.slice(equals + 1).trim()]
}

function expiry(attributes: ReadonlyMap<string, string>, now: Date): Date | undefined {
  const seconds = attributes.get('max-age')
  if (seconds !== undefined && /^-?\d+$/.test(seconds)) return new Date(now.getTime() + Number(seconds) * 1000)
  const date = new Date(attributes.get('expires') ?? '')
  return Number.isNaN(date.getTime()) ? undefined : date
}

function defaultPath({ pathname }: URL): string {
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')))
}
