import { keep, leaveOut, type Project } from './projection-leaf.ts'
import type { ListShape, Shape } from './shape.ts'

/** Compiles the projection of lists. A list none of whose items changes is given back as it is. */
export function listProjection({ prefix, items }: ListShape, compile: (shape: Shape) => Project): Project {
  const projectItem = items === undefined ? leaveOut : compile(items)
  if (prefix.length === 0) return projectItem === keep ? keep : eachItem(projectItem)
  const projectPrefix = prefix.map(compile)
  return (value) => {
    const list = value as readonly unknown[]
    const length = items === undefined ? Math.min(list.length, prefix.length) : list.length
    return Array.from({ length }, (_, i) => (projectPrefix[i] ?? projectItem)(list[i]))
  }
}

function eachItem(project: Project): Project {
  return (value) => {
    const list = value as readonly unknown[]
    for (let i = 0; i < list.length; i++) {
      const item = list[i]
      const projected = project(item)
      if (projected !== item) return changedFrom(list, i, projected, project)
    }
    return list
  }
}

function changedFrom(list: readonly unknown[], index: number, projected: unknown, project: Project): unknown[] {
  const changed = list.slice(0, index)
  changed.push(projected)
  for (let i = index + 1; i < list.length; i++) changed.push(project(list[i]))
  return changed
}
