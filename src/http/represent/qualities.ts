/** How much a client wants each of the things that an Accept header lists, from 0 to 1, by names in lower case (RFC 9110, 12.4.2). */
export function readQualities(header: string | string[] | undefined): ReadonlyMap<string, number> {
  const entries = String(header ?? '')
    .split(',')
    .flatMap((each) => {
      const [name = '', ...params] = each.split(';').map((part) => part.trim().toLowerCase())
      const quality = params.find((param) => param.startsWith('q='))?.slice(2)
      if (name === '') return []
      // A quality that is none makes the entry say nothing.
      if (quality !== undefined && !/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality)) return []
      return [[name, quality === undefined ? 1 : Number(quality)] as const]
    })
  return new Map(entries)
}
