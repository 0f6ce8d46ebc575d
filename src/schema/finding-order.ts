import { type ObjectShape, type Shape, settle } from './shape.ts'

const orders = new WeakMap<ObjectShape, ReadonlyMap<string, number>>()

/** Sorts by path, in the order in which the model declares members: a whole before its parts, unknown members last. */
export function inModelOrder<T extends { readonly keys: readonly PropertyKey[] }>(
  issues: readonly T[],
  shape: Shape,
  value: unknown,
): readonly T[] {
  if (issues.length < 2) return issues
  const ranked = issues.map((issue) => ({ issue, ranks: ranksOf(issue.keys, shape, value) }))
  return ranked.sort((a, b) => compare(a.ranks, b.ranks)).map(({ issue }) => issue)
}

function ranksOf(keys: readonly PropertyKey[], root: Shape, value: unknown): number[] {
  let shape: Shape | undefined = root
  let current = value
  return keys.map((key) => {
    if (shape === undefined || typeof current !== 'object' || current === null) return Number.POSITIVE_INFINITY
    const { object, list } = settle(shape, current)
    current = Reflect.get(current, key)
    if (typeof key === 'number') {
      shape = typeof list === 'object' ? (list.prefix[key] ?? list.items) : undefined
      return key
    }
    if (typeof object !== 'object') return Number.POSITIVE_INFINITY
    const name = String(key)
    shape = object.members.get(name)
    return orderOf(object).get(name) ?? Number.POSITIVE_INFINITY
  })
}

function orderOf(object: ObjectShape): ReadonlyMap<string, number> {
  const known = orders.get(object)
  if (known !== undefined) return known
  const order = new Map([...object.members.keys()].map((name, i) => [name, i]))
  orders.set(object, order)
  return order
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    // Not a difference, for two infinities have none.
    const [left = 0, right = 0] = [a[i], b[i]]
    if (left !== right) return left < right ? -1 : 1
  }
  return a.length - b.length
}
