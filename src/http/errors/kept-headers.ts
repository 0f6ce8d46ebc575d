/** Headers that speak of the success a service was about to send: of a problem they would be wrong. */
const ofSuccess: ReadonlySet<string> = new Set([
  'accept-ranges',
  'age',
  'cache-control',
  'etag',
  'expires',
  'last-modified',
  'location',
])

/** Of headers, names and values in turn, those that hold for a problem as well. */
export function keptHeaders(headers: readonly string[]): readonly string[] {
  return headers.filter((_, at) => isKept(headers[at - (at % 2)] as string))
}

function isKept(name: string): boolean {
  const lower = name.toLowerCase()
  return !ofSuccess.has(lower) && !lower.startsWith('content-')
}
