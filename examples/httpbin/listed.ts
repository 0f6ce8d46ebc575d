/** Values by name; several of one name are a list. */
export type Listed<T> = Readonly<Record<string, T | T[]>>

/** Values by name, of names that may come several times. */
export function listed<T>(entries: Iterable<readonly [name: string, value: T]>): Listed<T> {
  const groups = Map.groupBy(entries, ([name]) => name)
  return Object.fromEntries(
    [...groups].map(([name, all]) => {
      const values = all.map(([, value]) => value)
      return [name, values.length === 1 ? (values[0] as T) : values]
    }),
  )
}
