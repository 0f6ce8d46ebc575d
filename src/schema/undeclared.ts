import { toPointer } from './finding.ts'
import { sent } from './member.ts'
import { type Shape, settle, shapeOfMember } from './shape.ts'

/** Told of every member that is not declared; with `kind`, of a value whose kind is not. */
type Report = (path: readonly PropertyKey[], why: 'member' | 'kind') => void

/** The JSON Pointers of all that a shape does not declare in a value, with `*` for every index, each once. */
export function listUndeclared(shape: Shape, value: unknown): string[] {
  const pointers = new Set<string>()
  visitUndeclared(shape, value, (path) => {
    pointers.add(toPointer(path.map((key) => (typeof key === 'number' ? '*' : key))))
  })
  return [...pointers]
}

/** The paths of all members of objects that a shape does not declare in a value. */
export function findUndeclared(shape: Shape, value: unknown): readonly (readonly PropertyKey[])[] {
  if (!holdsUndeclared(shape, value)) return none
  const paths: (readonly PropertyKey[])[] = []
  visitUndeclared(shape, value, (path, why) => {
    if (why === 'member') paths.push([...path])
  })
  return paths
}

const none: readonly (readonly PropertyKey[])[] = []

/** Whether there is any at all, without a path for each value: most inputs have none. */
function holdsUndeclared(shape: Shape, value: unknown): boolean {
  const plain = sent(value)
  if (typeof plain !== 'object' || plain === null) return false
  const { object, list } = settle(shape, plain)
  if (Array.isArray(plain)) {
    if (typeof list !== 'object') return false
    return plain.some((item, i) => holdsInside(list.prefix[i] ?? list.items, item))
  }
  if (typeof object !== 'object') return false
  const members = plain as Readonly<Record<string, unknown>>
  for (const name in members) {
    const declared = shapeOfMember(object, name)
    if (declared === undefined ? members[name] !== undefined : holdsInside(declared, members[name])) return true
  }
  return false
}

function holdsInside(shape: Shape | undefined, value: unknown): boolean {
  return shape !== undefined && typeof value === 'object' && value !== null && holdsUndeclared(shape, value)
}

function visitUndeclared(shape: Shape, value: unknown, report: Report): void {
  const path: PropertyKey[] = []
  const visit = (declared: Shape, given: unknown): void => {
    const plain = sent(given)
    if (typeof plain !== 'object' || plain === null) return
    const { object, list } = settle(declared, plain)
    if (Array.isArray(plain)) {
      if (list === undefined) report(path, 'kind')
      if (typeof list !== 'object') return
      for (const [i, item] of plain.entries()) below(i, list.prefix[i] ?? list.items, item, 'kind')
    } else if (object === undefined) report(path, 'kind')
    else if (object !== 'open') {
      for (const name of Object.keys(plain)) {
        const member: unknown = Reflect.get(plain, name)
        if (member !== undefined && typeof member !== 'function')
          below(name, shapeOfMember(object, name), member, 'member')
      }
    }
  }
  const below = (key: PropertyKey, declared: Shape | undefined, member: unknown, why: 'member' | 'kind'): void => {
    if (declared !== undefined && (typeof member !== 'object' || member === null)) return
    path.push(key)
    if (declared === undefined) report(path, why)
    else visit(declared, member)
    path.pop()
  }
  visit(shape, value)
}
