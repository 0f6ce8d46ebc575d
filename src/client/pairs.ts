/** What a parameter or a field of a form may be; `null` and `undefined` leave it out. */
export type Scalar = string | number | boolean | bigint | Date | null | undefined

/** Names and values, as an object, as pairs, or as the standard has them; a list gives its name once for each item. */
export type Pairs =
  | Readonly<Record<string, Scalar | readonly Scalar[]>>
  | Iterable<readonly [name: string, value: Scalar]>
  | URLSearchParams

/** Names and values as texts, in their order: dates as in ISO 8601, without what is `null` or `undefined`. */
export function pairsOf(given: Pairs | undefined): readonly (readonly [name: string, value: string])[] {
  if (given === undefined) return []
  return [...entriesOf<Scalar | readonly Scalar[]>(given)].flatMap(([name, values]) =>
    [values]
      .flat()
      .flatMap((value): [string, string][] =>
        value === null || value === undefined ? [] : [[name, textOf(name, value)]],
      ),
  )
}

/** Names and values of two, where a name that is in both has only the values of the second. */
export function overlaid(below: Pairs | undefined, above: Pairs | undefined): readonly (readonly [string, string])[] {
  const own = pairsOf(above)
  const names = new Set(own.map(([name]) => name))
  return [...pairsOf(below).filter(([name]) => !names.has(name)), ...own]
}

function textOf(name: string, value: NonNullable<Scalar>): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new TypeError(`'${name}' is an invalid Date: give one that is a time`)
    return value.toISOString()
  }
  if (typeof value === 'object') {
    throw new TypeError(`'${name}' is an object: give a text, a number, a boolean, a Date, or a list of them`)
  }
  return String(value)
}

/** Names and values, given as an object or one by one. */
export function entriesOf<Value>(
  given: Readonly<Record<string, Value>> | Iterable<readonly [string, Value]>,
): Iterable<readonly [string, Value]> {
  return Symbol.iterator in given ? given : Object.entries(given)
}
