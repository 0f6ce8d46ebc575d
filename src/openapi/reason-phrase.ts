import { STATUS_CODES } from 'node:http'

// Node still uses the words of RFC 4918 and RFC 7231 for these.
const renamed: Readonly<Record<number, string>> = { 413: 'Content Too Large', 422: 'Unprocessable Content' }

/** What a status means in the words of RFC 9110, such as `Not Found`; `Status 499` for one that has none. */
export function reasonPhrase(status: number | 'default'): string {
  if (status === 'default') return 'Any other status'
  return renamed[status] ?? STATUS_CODES[status] ?? `Status ${status}`
}
