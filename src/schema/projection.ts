import { sent } from './member.ts'
import { containers, keep, leaveOut, type Project, scalar } from './projection-leaf.ts'
import { listProjection } from './projection-list.ts'
import { objectProjection } from './projection-object.ts'
import { type Shape, settle } from './shape.ts'

const compiled = new WeakMap<Shape, Project>()

/** Compiles a shape into the closure that projects values of it; made once a shape. */
export function compileProjection(shape: Shape): Project {
  const known = compiled.get(shape)
  if (known !== undefined) return known
  let project: Project = keep
  // Known before it is made, so that a shape that leads back to itself finds itself.
  compiled.set(shape, (value) => project(value))
  project = make(shape)
  compiled.set(shape, project)
  return project
}

function make(shape: Shape): Project {
  const { choice, object, list } = shape
  if (choice !== undefined) return alternatives(shape)
  if (object === undefined && list === undefined) return scalar
  const projectList = list === 'open' ? keep : list === undefined ? leaveOut : listProjection(list, compileProjection)
  if (typeof object === 'object') return objectProjection(object, projectList, compileProjection)
  const projectObject = object === 'open' ? keep : leaveOut
  return projectObject === keep && projectList === keep ? keep : containers(projectObject, projectList)
}

function alternatives(shape: Shape): Project {
  return (value) => {
    if (value instanceof Date) return value
    const plain = sent(value)
    return typeof plain === 'object' && plain !== null ? compileProjection(settle(shape, plain))(plain) : plain
  }
}
