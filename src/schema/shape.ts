import type { JsonSchema } from './schema.ts'
import { shapeBuilder } from './shape-builder.ts'

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

const shapes = new WeakMap<JsonSchema, Shape>()

/**
 * The shape of a JSON Schema document; made once a document. It may lead back to itself.
 *
 * @throws SchemaError when a `$ref` points at nothing.
 */
export function shapeOf(root: JsonSchema): Shape {
  const known = shapes.get(root)
  if (known !== undefined) return known
  const shape = shapeBuilder(root)([root], new Set())
  shapes.set(root, shape)
  return shape
}

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
