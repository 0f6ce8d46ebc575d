/** How much a client wants each of the things that an Accept header lists, in lower case (RFC 9110, 12.4.2). */
export function weightsIn(header: string | string[] | undefined): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  for (const each of String(header ?? '').split(',')) {
    const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.map((part) => /^q\s*=\s*([\d.]+)$/.exec(part)?.[1]).find((found) => found !== undefined)
    if (name !== '') weights.set(name, weight === undefined ? 1 : Number(weight))
  }
  return weights
}
