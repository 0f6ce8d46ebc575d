/** A setting that takes one value or a list of them. */
export type OneOrMany<T> = T | readonly T[]

/** The values of such a setting; none when it is not given. */
export function toList<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return []
  return isList(value) ? value : [value]
}

/** Whether a value is a list, also for the compiler, to which `Array.isArray` says nothing of readonly ones. */
export function isList<T, Other>(value: readonly T[] | Other): value is readonly T[] {
  return Array.isArray(value)
}
