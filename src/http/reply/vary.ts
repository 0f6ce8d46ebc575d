/**
 * Says that the reply depends on these headers of the request (RFC 9110, 12.5.5): adds them to the `Vary` that is there,
 * each once, or makes one; `*` stands for all. `headers` are names and values in turn.
 */
export function addVary(headers: string[], ...names: readonly string[]): void {
  let known = -1
  let said: string[] = []
  for (let at = headers.length - 2; at >= 0; at -= 2) {
    if ((headers[at] as string).toLowerCase() !== 'vary') continue
    said = [...namesIn(headers[at + 1] as string), ...said]
    // Several lines mean the same as one: the first of them stays.
    if (known !== -1) headers.splice(known, 2)
    known = at
  }
  const all = new Map([...said, ...names].map((name) => [name.toLowerCase(), name]))
  for (const name of said) all.set(name.toLowerCase(), name)
  const value = all.has('*') ? '*' : [...all.values()].join(', ')
  if (known === -1) headers.push('Vary', value)
  else headers[known + 1] = value
}

/** The header names that a `Vary` lists, as they are written. */
export function namesIn(vary: string): string[] {
  return vary
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
