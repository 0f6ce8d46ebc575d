/** A text with `${NAME}` replaced by environment variables, or the names of those that are not set. */
export type FilledText = { readonly text: string } | { readonly missing: readonly string[] }

/** Fills in environment variables; `${NAME:-other}` stands for `other` where NAME is not set, and `$${` for `${`. */
export function filledFrom(environment: Readonly<Record<string, string | undefined>>, text: string): FilledText {
  const missing: string[] = []
  const filled = text.replace(
    /\$?\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g,
    (whole, name: string, other?: string) => {
      if (whole.startsWith('$$')) return whole.slice(1)
      const value = environment[name] || other
      if (value === undefined || value === '') missing.push(name)
      return value ?? ''
    },
  )
  return missing.length > 0 ? { missing } : { text: filled }
}
