import { setMember } from './member.ts'
import { type Shape, settle, shapeOfMember } from './shape.ts'

type Members = Record<string, unknown>

/**
 * A value without the members that its shape does not declare; the value itself where there are none. What is of
 * another kind than declared stays, so that the validator can complain of it.
 *
 * @param keeps tells which of the undeclared members stay.
 */
export function strip(shape: Shape, value: unknown, keeps: (name: string) => boolean): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { object, list } = settle(shape, value)
  if (Array.isArray(value)) {
    if (typeof list !== 'object') return value
    return changedList(value, (item, i) => {
      const declared = list.prefix[i] ?? list.items
      return declared === undefined ? item : strip(declared, item, keeps)
    })
  }
  if (typeof object !== 'object') return value
  const members: Members = {}
  let changed = false
  for (const [name, member] of Object.entries(value)) {
    const declared = shapeOfMember(object, name)
    const kept = declared === undefined ? member : strip(declared, member, keeps)
    if (declared !== undefined || keeps(name)) setMember(members, name, kept)
    changed ||= kept !== member || (declared === undefined && !keeps(name))
  }
  return changed ? members : value
}

/**
 * What a validator made of a value, with the undeclared members that it dropped put back, at every level where the
 * value still is the object or the list that was given.
 */
export function passOn(shape: Shape, given: unknown, made: unknown): unknown {
  if (given === made || typeof given !== 'object' || given === null || typeof made !== 'object' || made === null)
    return made
  const { object, list } = settle(shape, given)
  if (Array.isArray(given)) {
    if (!Array.isArray(made) || typeof list !== 'object' || given.length !== made.length) return made
    return changedList(made, (item, i) => {
      const declared = list.prefix[i] ?? list.items
      return declared === undefined ? item : passOn(declared, given[i], item)
    })
  }
  if (typeof object !== 'object' || !isPlain(made)) return made
  let members: Members | undefined
  for (const name of Object.keys(given)) {
    const member = (given as Members)[name]
    const has = Object.hasOwn(made, name)
    const declared = shapeOfMember(object, name)
    if (declared === undefined ? has || name === '__proto__' : !has) continue
    const passed = declared === undefined ? member : passOn(declared, member, made[name])
    if (has && passed === made[name]) continue
    members ??= { ...made }
    setMember(members, name, passed)
  }
  return members ?? made
}

function changedList(list: readonly unknown[], change: (item: unknown, index: number) => unknown): readonly unknown[] {
  let changed: unknown[] | undefined
  for (let i = 0; i < list.length; i++) {
    const item = change(list[i], i)
    if (item === list[i]) continue
    changed ??= [...list]
    changed[i] = item
  }
  return changed ?? list
}

function isPlain(value: object): value is Members {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
