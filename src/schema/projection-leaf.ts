import { sent } from './member.ts'

/** Gives a value without what its schema does not declare; the value itself is never changed. */
export type Project = (value: unknown) => unknown

/** Leaves a value as it is: nothing is declared about it. */
export function keep(value: unknown): unknown {
  return value
}

/** Leaves a value out: it is not declared. */
export function leaveOut(): undefined {
  return undefined
}

/**
 * Projects what can only be a text, a number, a boolean or null: the inside of anything else is not declared. Dates stay
 * dates until they are sent, so that services which invoke each other see what their types say.
 */
export function scalar(value: unknown): unknown {
  if (typeof value === 'function') return undefined
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const plain = sent(value)
  return typeof plain === 'object' && plain !== null ? undefined : plain
}

/** Projects the inside of objects and of lists; scalars and dates have none. */
export function containers(projectObject: (value: object) => unknown, projectList: Project): Project {
  return (value) => {
    if (typeof value !== 'object' || value === null || value instanceof Date) return value
    const plain = sent(value)
    if (typeof plain !== 'object' || plain === null) return plain
    return Array.isArray(plain) ? projectList(plain) : projectObject(plain)
  }
}
