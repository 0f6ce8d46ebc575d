/** What goes in front of paths. */
export interface PrefixSettings {
  /**
   * Goes in front of each path, behind the prefixes of the layers outside: of the app, the base and the groups. `false`
   * leaves all of them out, for a channel such as `/robots.txt`.
   */
  readonly prefix?: string | false
}

/** The prefix of two layers. */
export function joinPrefix(outer: string | false, inner: string | false): string | false {
  return outer === false || inner === false ? inner : prefixed(outer, inner)
}

/** A path behind a prefix; one that does not begin with a slash stays as it is, for the fault that it is. */
export function prefixed(prefix: string | false | undefined, path: string): string {
  if (!prefix || !path.startsWith('/')) return path
  const outer = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix
  return path === '/' && outer !== '' ? outer : outer + path
}
