import { memberOf, sent, setMember } from './member.ts'
import type { Project } from './project.ts'
import { scalar } from './projection-leaf.ts'
import type { ObjectShape, Shape } from './shape.ts'

type Members = Record<string, unknown>

/** How many objects are copied without a look whether they could stay, after one that could not. */
const patience = 31

const unread: unique symbol = Symbol('unread')

/**
 * Compiles the projection of objects. An object that holds declared members only, in declared order, is given back as
 * it is; others are copied in declared order, so that the bytes of an answer do not depend on which way was taken.
 */
export function objectProjection(
  shape: ObjectShape,
  projectList: Project,
  compile: (shape: Shape) => Project,
): Project {
  const closed = shape.rest === undefined && shape.patterns.length === 0 && !shape.members.has('__proto__')
  if (!closed) return dispatch(openCopy(shape, compile), projectList)

  const names = [...shape.members.keys()]
  const reads = [...shape.members.values()].map(compile).map((read) => (read === scalar ? undefined : read))
  const deep = [...reads.keys()].filter((index) => reads[index] !== undefined)
  const copy = closedCopy(names, reads)
  const project = dispatch((members) => copy(members, 0, unread), projectList)
  let hurry = 0

  return (value) => {
    if (typeof value !== 'object' || value === null) return value
    if (hurry > 0) {
      hurry--
      return project(value)
    }
    // Entities, rows without a prototype and lists are never given back as they are.
    if (Object.getPrototypeOf(value) !== Object.prototype) return project(value)
    const members = value as Members
    if (!isDeclared(members, names, reads)) {
      hurry = patience
      return project(value)
    }
    // Members inside are read once only, whatever comes of it: twice at each level would be without end in a deep value.
    for (const index of deep) {
      const member = members[names[index] as string]
      const projected = projectMember(reads[index], member)
      if (projected !== member) return copy(members, index, projected)
    }
    return value
  }
}

/** Whether an object has declared members only, in declared order, and scalars wherever only scalars are declared. */
function isDeclared(members: Members, names: readonly string[], reads: readonly (Project | undefined)[]): boolean {
  let index = 0
  for (const name in members) {
    while (names[index] !== name) if (++index >= names.length) return false
    const member = members[name]
    if (member === undefined || typeof member === 'function') return false
    if (typeof member === 'object' && member !== null && reads[index] === undefined) return false
    index++
  }
  return true
}

function projectMember(read: Project | undefined, member: unknown): unknown {
  if (typeof member === 'function' || member === undefined) return undefined
  if (read !== undefined) return read(member)
  return typeof member === 'object' ? scalar(member) : member
}

function dispatch(projectObject: (members: Members) => unknown, projectList: Project): Project {
  return (value) => {
    const plain = sent(value)
    if (typeof plain !== 'object' || plain === null) return plain
    return Array.isArray(plain) ? projectList(plain) : projectObject(plain as Members)
  }
}

/** Copies the declared members. Those before `index` stay as they are; what is `projected` already, is the one at it. */
function closedCopy(
  names: readonly string[],
  reads: readonly (Project | undefined)[],
): (members: Members, index: number, projected: unknown) => Members {
  return (members, index, projected) => {
    const copy: Members = {}
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string
      let member = members[name]
      if (member === undefined || typeof member === 'function') continue
      if (i === index && projected !== unread) {
        member = projected
      } else if (i >= index) {
        const read = reads[i]
        if (read !== undefined) member = read(member)
        else if (typeof member === 'object' && member !== null) member = scalar(member)
      }
      if (member !== undefined) copy[name] = member
    }
    return copy
  }
}

/** Copies the declared members, and behind them the others that a pattern or the rest declares. */
function openCopy(
  { members, patterns, rest }: ObjectShape,
  compile: (shape: Shape) => Project,
): (from: Members) => Members {
  const declared = [...members].map(([name, shape]) => [name, compile(shape)] as const)
  const matching = patterns.map(([pattern, shape]) => [pattern, compile(shape)] as const)
  const readRest = rest === undefined ? undefined : compile(rest)
  return (from) => {
    const copy: Members = {}
    for (const [name, read] of declared) put(copy, name, projectMember(read, memberOf(from, name)))
    for (const name of Object.keys(from)) {
      if (name === '__proto__' || members.has(name)) continue
      const read = matching.find(([pattern]) => pattern.test(name))?.[1] ?? readRest
      if (read !== undefined) put(copy, name, projectMember(read, from[name]))
    }
    return copy
  }
}

function put(copy: Members, name: string, member: unknown): void {
  if (member !== undefined) setMember(copy, name, member)
}
