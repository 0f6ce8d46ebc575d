/** Characters that no file name should hold: controls, and what separates folders. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsafe = /[\x00-\x1f\x7f/\\]/g

/** Characters that `encodeURIComponent` leaves and RFC 8187 does not. */
const beyond = /['()*]/g

/**
 * The Content-Disposition of a file (RFC 6266): its name as plain ASCII for all clients, and in full as RFC 8187 says
 * where that is not the same.
 */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const safe = name.toWellFormed().replace(unsafe, '_')
  const ascii = safe.replace(/[^\x20-\x7e]/gu, '_')
  const plain = ascii.replace(/["%]/g, '_')
  const quoted = `${kind}; filename="${plain}"`
  if (plain === safe) return quoted
  const full = encodeURIComponent(safe).replace(beyond, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${quoted}; filename*=UTF-8''${full}`
}
