import { type Copy, closedCopy } from './closed-copy.ts'
import { memberOf, setMember } from './member.ts'
import { containers, type Project } from './projection-leaf.ts'
import type { ObjectShape, Shape } from './shape.ts'

type Members = Record<string, unknown>

/** Compiles the projection of objects: a copy of what is declared, in declared order. */
export function objectProjection(
  shape: ObjectShape,
  projectList: Project,
  compile: (shape: Shape) => Project,
): Project {
  const closed = shape.rest === undefined && shape.patterns.length === 0 && !shape.members.has('__proto__')
  if (!closed) return containers(openCopy(shape, compile), projectList)
  return containers(closedCopy([...shape.members.keys()], [...shape.members.values()].map(compile)), projectList)
}

/** Copies the declared members, and behind them the others that a pattern or the rest declares. */
function openCopy({ members, patterns, rest }: ObjectShape, compile: (shape: Shape) => Project): Copy {
  const declared = [...members].map(([name, shape]) => [name, compile(shape)] as const)
  const matching = patterns.map(([pattern, shape]) => [pattern, compile(shape)] as const)
  const readRest = rest === undefined ? undefined : compile(rest)
  return (source) => {
    const from = source as Members
    const copy: Members = {}
    for (const [name, read] of declared) put(copy, name, projected(read, memberOf(from, name)))
    for (const name of Object.keys(from)) {
      if (name === '__proto__' || members.has(name)) continue
      const read = matching.find(([pattern]) => pattern.test(name))?.[1] ?? readRest
      if (read !== undefined) put(copy, name, projected(read, from[name]))
    }
    return copy
  }
}

function projected(read: Project, member: unknown): unknown {
  return typeof member === 'function' || member === undefined ? undefined : read(member)
}

function put(copy: Members, name: string, member: unknown): void {
  if (member !== undefined) setMember(copy, name, member)
}
