/** One way to prove who is calling that a server offers in `WWW-Authenticate`. */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string
  /** By names in lower case; quoted values as sent between their quotes. */
  readonly params: Readonly<Record<string, string>>
}

const part = /([!#$%&'*+.^_`|~\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g

/** The challenges of one or several `WWW-Authenticate`, joined as `Headers` does it (RFC 9110, 11.6.1). */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; params: Record<string, string> }[] = []
  for (const [, name = '', quoted, plain] of header.matchAll(part)) {
    const value = quoted ?? plain
    // A word without value begins the next scheme.
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), params: Object.create(null) })
    else {
      const params = challenges.at(-1)?.params
      if (params !== undefined) params[name.toLowerCase()] ??= value
    }
  }
  return challenges
}
