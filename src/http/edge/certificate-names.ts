/** A name as RFC 4514 writes it, of one as Node writes it: a line for each part, the outermost first. */
export function distinguishedName(lines: string | undefined): string {
  // Within a line a plus sign is only unescaped between the members of one part.
  return (lines ?? '')
    .split('\n')
    .reverse()
    .map((part) => part.replaceAll(' + ', '+'))
    .join(',')
}

const kinds: Readonly<Record<string, string>> = { DNS: 'DNS', URI: 'URI', email: 'email', 'IP Address': 'IP' }

/**
 * The alternative names of a certificate (RFC 5280, 4.2.1.6) as `DNS:…`, `URI:…`, `email:…` and `IP:…`. Node writes those that
 * hold a comma or the like as texts of JSON; what cannot be read for sure has no names.
 */
export function alternativeNames(text: string | undefined): readonly string[] {
  const names: string[] = []
  const entry = /([A-Za-z][A-Za-z ]*):("(?:[^"\\]|\\.)*"|[^",]*)(?:, |$)/y
  while (text !== undefined && entry.lastIndex < text.length) {
    const found = entry.exec(text)
    if (found === null) return []
    const [, kind = '', value = ''] = found
    const known = kinds[kind]
    if (known !== undefined && value !== '') names.push(`${known}:${value.startsWith('"') ? unquoted(value) : value}`)
  }
  return names
}

function unquoted(value: string): string {
  try {
    return JSON.parse(value) as string
  } catch {
    return ''
  }
}
