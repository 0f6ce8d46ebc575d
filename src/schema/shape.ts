import type { JsonSchema } from './schema.ts'

/** What a schema declares about the inside of values, with references resolved and combinations merged. */
export interface Shape {
  /** How objects are read: by their declared members, as they are, or (undefined) not at all. */
  readonly object: ObjectShape | 'open' | undefined
  /** How lists are read: by their declared items, as they are, or (undefined) not at all. */
  readonly list: ListShape | 'open' | undefined
  /** Where a schema has alternatives: the shape of the one that an object or a list fits. */
  readonly choice: Choice | undefined
}

export interface ObjectShape {
  readonly members: ReadonlyMap<string, Shape>
  readonly patterns: readonly (readonly [pattern: RegExp, shape: Shape])[]
  /** How other members are read; undefined when they are not declared. */
  readonly rest: Shape | undefined
}

export interface ListShape {
  readonly prefix: readonly Shape[]
  /** How items behind the prefix are read; undefined when there may be none. */
  readonly items: Shape | undefined
}

export interface Choice {
  readonly choose: (container: object) => Shape
  readonly options: () => readonly Shape[]
}

/** Builds the shape of what several schemas say together, with the alternatives that are decided already. */
export type Build = (schemas: readonly JsonSchema[], decided: ReadonlySet<unknown>) => Shape

/** The shape that holds for a container, after all alternatives are chosen. */
export function settle(shape: Shape, container: object): Shape {
  let current = shape
  while (current.choice !== undefined) current = current.choice.choose(container)
  return current
}

/** How a member of an object is read; undefined when it is not declared. */
export function shapeOfMember({ members, patterns, rest }: ObjectShape, name: string): Shape | undefined {
  return (
    members.get(name) ??
    patterns.find(([pattern]) => pattern.test(name))?.[1] ??
    (name === '__proto__' ? undefined : rest)
  )
}
