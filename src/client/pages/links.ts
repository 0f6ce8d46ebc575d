/** A link of a `Link` header. */
export interface Link {
  /** Where it leads, as a whole address. */
  readonly url: string
  /** What it leads to, such as `next`, in lower case where it is one of the registered words. */
  readonly rel: readonly string[]
  /** What it says about itself, such as `title` and `type`, by names in lower case. */
  readonly params: Readonly<Record<string, string>>
}

// No address has a '<': to look behind it would take long for a header full of them.
const start = /\s*<([^<>]*)>/y
const param = /\s*;\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/y

/**
 * The links of a `Link` header (RFC 8288); addresses are relative to `base`, that of the reply. What cannot be read is left
 * out, and so are links from somewhere else (`anchor`).
 *
 * ```ts
 * parseLinks('</items?page=2>; rel=next', 'https://api.example.com')[0]?.url // => 'https://api.example.com/items?page=2'
 * ```
 */
export function parseLinks(header: string | null, base: string | URL): readonly Link[] {
  const links: Link[] = []
  const text = header ?? ''
  let at = 0
  do {
    const [, url] = match(start, text, at) ?? []
    if (url !== undefined) {
      const { params, end } = paramsAt(text, start.lastIndex)
      links.push(...linkOf(url, params, base))
      at = end
    }
    at = text.indexOf(',', at) + 1
  } while (at > 0)
  return links
}

type Params = Record<string, string>

function paramsAt(text: string, from: number): { readonly params: Params; readonly end: number } {
  const params: Params = Object.create(null)
  let end = from
  for (let found = match(param, text, end); found !== null; found = match(param, text, end)) {
    end = param.lastIndex
    const [, name = '', quoted, plain = ''] = found
    // The first one of a name counts (RFC 8288, 3.3).
    params[name.toLowerCase()] ??= quoted?.replace(/\\(.)/g, '$1') ?? plain
  }
  return { params, end }
}

function linkOf(to: string, params: Params, base: string | URL): readonly Link[] {
  const { anchor, rel = '', ...others } = params
  const url = URL.parse(to, base)
  if (url === null || (anchor !== undefined && URL.parse(anchor, base)?.href !== new URL(base).href)) return []
  const words = rel.split(/\s+/).filter((each) => each !== '')
  return [
    {
      url: url.href,
      rel: words.map((each) => (each.includes(':') ? each : each.toLowerCase())),
      params: others,
    },
  ]
}

/** The first link of each relation, by its name. */
export function linksByRel(links: readonly Link[]): Readonly<Record<string, Link>> {
  const byRel: Record<string, Link> = Object.create(null)
  for (const link of links) for (const rel of link.rel) byRel[rel] ??= link
  return byRel
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
