import { http } from '../server/node-http.ts'

/** What replies say to browsers for safety. */
export interface SecurityHeaderSettings {
  /**
   * Headers of every reply that browsers are safer with, by name: a text takes the place of the usual value, `false`
   * leaves the header out, and `securityHeaders: false` leaves all of them out. A header that a reply has already is
   * never changed. Usually: `X-Content-Type-Options` on all replies; `Content-Security-Policy`, `Referrer-Policy`,
   * `X-Frame-Options` and `Cross-Origin-Resource-Policy` on HTML; `Strict-Transport-Security` over https (RFC 6797).
   */
  readonly securityHeaders?: false | Readonly<Record<string, string | false>>
}

/** Adds headers, names and values in turn, to those of a reply. */
export type Secure = (headers: string[], client: { readonly scheme: string }) => void

type Values = Readonly<Record<string, string>>

const onAll: Values = { 'X-Content-Type-Options': 'nosniff' }
const onHtml: Values = {
  'Content-Security-Policy':
    "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
const onHttps: Values = { 'Strict-Transport-Security': 'max-age=31536000' }

/** Compiles what is added to replies; nothing when nothing is. */
export function securityHeaders(setting: SecurityHeaderSettings['securityHeaders']): Secure | undefined {
  if (setting === false) return undefined
  const named = new Map(Object.entries(setting ?? {}).map(([name, value]) => [name.toLowerCase(), { name, value }]))
  const chosen = (usual: Values): string[] =>
    Object.entries(usual).flatMap(([name, value]) => {
      const own = named.get(name.toLowerCase())?.value ?? value
      return own === false ? [] : [name, own]
    })
  const known = new Set(Object.keys({ ...onAll, ...onHtml, ...onHttps }).map((name) => name.toLowerCase()))
  const further = [...named].flatMap(([lower, { name, value }]) =>
    known.has(lower) || value === false ? [] : [name, value],
  )
  const [always, html, https] = [[...chosen(onAll), ...further], chosen(onHtml), chosen(onHttps)]
  return (headers, client) => {
    addMissing(headers, always)
    if (html.length > 0 && isHtml(headers)) addMissing(headers, html)
    if (https.length > 0 && client.scheme === 'https') addMissing(headers, https)
  }
}

/** What is wrong with the setting, as whole sentences that say how to mend it. */
export function securityHeaderFaults({ securityHeaders: setting }: SecurityHeaderSettings): readonly string[] {
  return Object.entries(setting || {}).flatMap(([name, value]) => {
    try {
      http.validateHeaderName(name)
      if (value !== false) http.validateHeaderValue(name, value)
      return []
    } catch {
      return [`securityHeaders holds ${JSON.stringify({ [name]: value })}: give a header and its text, or false`]
    }
  })
}

function addMissing(headers: string[], more: readonly string[]): void {
  for (let at = 0; at < more.length; at += 2) {
    const name = more[at] as string
    if (find(headers, name) === -1) headers.push(name, more[at + 1] as string)
  }
}

function isHtml(headers: readonly string[]): boolean {
  const at = find(headers, 'Content-Type')
  // Looked at with each reply: the pattern costs more than this.
  if (at === -1 || (headers[at + 1] as string) === 'application/json') return false
  return /^(?:text\/html|application\/xhtml\+xml)\b/i.test(headers[at + 1] as string)
}

/** Where a header stands among names and values in turn; -1 when it is missing. */
function find(headers: readonly string[], name: string): number {
  for (let at = 0; at < headers.length; at += 2) {
    const each = headers[at] as string
    if (each === name || (each.length === name.length && each.toLowerCase() === name.toLowerCase())) return at
  }
  return -1
}
