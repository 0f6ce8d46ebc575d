import type { ListShape, ObjectShape, Shape } from './shape.ts'
import { scalarShape } from './shape-scalar.ts'

const numbers = new WeakMap<Shape, number>()
const unions = new WeakMap<Shape, Map<string, Shape>>()
let count = 0

/** What any of several shapes declares, for a value that fits none of them: each declared member, and nothing else. */
export function union(shapes: readonly Shape[]): Shape {
  const options = settled(shapes)
  const [first] = options
  if (first === undefined || options.length === 1) return first ?? scalarShape
  const known = unions.get(first) ?? new Map<string, Shape>()
  unions.set(first, known)
  const key = options.map(numberOf).sort().join()
  const found = known.get(key)
  if (found !== undefined) return found
  const shape = { ...scalarShape }
  // Known before it is filled, so that shapes that lead back to themselves end.
  known.set(key, shape)
  return Object.assign<Shape, Partial<Shape>>(shape, {
    object: objects(options.map(({ object }) => object)),
    list: lists(options.map(({ list }) => list)),
  })
}

function numberOf(shape: Shape): number {
  const number = numbers.get(shape) ?? count++
  numbers.set(shape, number)
  return number
}

function settled(shapes: readonly Shape[]): Shape[] {
  const seen = new Set<Shape>()
  const add = (shape: Shape): void => {
    if (seen.has(shape)) return
    seen.add(shape)
    for (const option of shape.choice?.options() ?? []) add(option)
  }
  for (const shape of shapes) add(shape)
  return [...seen].filter(({ choice }) => choice === undefined)
}

function objects(options: readonly Shape['object'][]): Shape['object'] {
  const described = options.filter((option) => typeof option === 'object')
  if (described.length === 0) return options.find((option) => option === 'open')
  const members = new Map<string, Shape[]>()
  for (const option of described) {
    for (const [name, shape] of option.members) members.set(name, [...(members.get(name) ?? []), shape])
  }
  const merged = new Map<string, Shape>()
  for (const [name, all] of members) merged.set(name, union(all))
  return {
    members: merged,
    patterns: described.flatMap(({ patterns }) => patterns),
    rest: undefined,
  } satisfies ObjectShape
}

function lists(options: readonly Shape['list'][]): Shape['list'] {
  const described = options.filter((option) => typeof option === 'object')
  if (described.length === 0) return options.find((option) => option === 'open')
  const items = described.flatMap((option) => [...option.prefix, ...(option.items === undefined ? [] : [option.items])])
  return { prefix: [], items: union(items) } satisfies ListShape
}
