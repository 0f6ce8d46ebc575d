/** The value of a header in a list of names and values in turn, several lines joined; undefined when it is not there. */
export function headerIn(headers: readonly string[], name: string): string | undefined {
  const lower = name.toLowerCase()
  let value: string | undefined
  for (let at = 0; at < headers.length; at += 2) {
    if ((headers[at] as string).toLowerCase() !== lower) continue
    value = value === undefined ? headers[at + 1] : `${value}, ${headers[at + 1]}`
  }
  return value
}

/** The list without the headers of these names, which are in lower case. */
export function withoutHeaders(headers: readonly string[], names: ReadonlySet<string>): string[] {
  return headers.filter((_, at) => !names.has((headers[at - (at % 2)] as string).toLowerCase()))
}
