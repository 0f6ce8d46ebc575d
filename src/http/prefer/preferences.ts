/**
 * Reads a `Prefer` header (RFC 7240): values by name, `''` for a preference without one. Of one that is given twice the
 * first counts; parameters of preferences are not looked at, since none that is known has any.
 */
export function readPreferences(header: string): ReadonlyMap<string, string> {
  const preferences = new Map<string, string>()
  for (const [, name, quoted, token] of header.matchAll(preference)) {
    const key = name?.toLowerCase()
    if (key !== undefined && !preferences.has(key)) {
      preferences.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? '')
    }
  }
  return preferences
}

/** A name with or without a value, behind the start or a comma; its parameters are read over. */
const preference =
  /(?:^|,)[ \t]*([!#$%&'*+.^_`|~\w-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]+)))?(?:[ \t]*;[^,"]*(?:"(?:[^"\\]|\\.)*"[^,"]*)*)?/g
