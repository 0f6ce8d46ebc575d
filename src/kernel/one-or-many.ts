/** A setting that takes one value or a list of them. */
export type OneOrMany<T> = T | readonly T[]

/** The values of such a setting; none when it is not given. */
export function toList<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as T]
}
