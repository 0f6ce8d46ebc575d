/** The names that a JSON Pointer leads along. @throws Error when it is not written as RFC 6901 says */
export function pointerNames(pointer: string): readonly string[] {
  if (pointer === '') return []
  if (/~(?![01])/.test(pointer))
    throw new Error(`The path "${pointer}" has a '~' alone: write ~0 for '~' and ~1 for '/'`)
  const names = pointer.slice(1).split('/')
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The JSON Pointer along names. */
export function pointerOf(names: readonly (string | number)[]): string {
  return names.map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
