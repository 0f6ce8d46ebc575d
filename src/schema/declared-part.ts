import { memberOf, sent, setMember } from './member.ts'
import { type ListShape, type ObjectShape, type Shape, settle, shapeOfMember } from './shape.ts'

/**
 * The declared part of a value that leaves, for its check: without undeclared members, but with the dates that are
 * still dates, and with what is of a wrong kind, so that the check can complain of it.
 */
export function declaredPart(shape: Shape, value: unknown): unknown {
  if (value instanceof Date) return value
  const plain = sent(value)
  if (typeof plain !== 'object' || plain === null) return plain
  const { object, list } = settle(shape, plain)
  if (Array.isArray(plain)) return typeof list === 'object' ? items(list, plain) : plain
  return typeof object === 'object' ? members(object, plain) : plain
}

function items({ prefix, items: rest }: ListShape, list: readonly unknown[]): readonly unknown[] {
  const declared = rest === undefined ? list.slice(0, prefix.length) : list
  return declared.map((item, i) => {
    const shape = prefix[i] ?? rest
    return shape === undefined ? item : declaredPart(shape, item)
  })
}

function members(object: ObjectShape, value: object): Record<string, unknown> {
  const part: Record<string, unknown> = {}
  for (const name of new Set([...object.members.keys(), ...Object.keys(value)])) {
    const shape = shapeOfMember(object, name)
    const member = memberOf(value, name)
    if (shape !== undefined && member !== undefined) setMember(part, name, declaredPart(shape, member))
  }
  return part
}
