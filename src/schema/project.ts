import { once } from './once.ts'
import { compileProjection } from './projection.ts'
import type { Project } from './projection-leaf.ts'
import { restricts } from './restriction.ts'
import type { JsonSchema } from './schema.ts'
import { shapeOf } from './shape-of.ts'
import { listUndeclared } from './undeclared.ts'

/**
 * Compiles the projection of outputs: what is not declared never leaves.
 *
 * - Objects keep the members that `properties` declares and that are not undefined, in declared order. Others are kept
 *   where `patternProperties` or an explicit `additionalProperties` (a schema, `true` or `{}`) declares them, and
 *   dropped where it is absent or false. Lists keep their items, each projected; a closed tuple drops what is behind it.
 * - `allOf` and `$ref` merge. Of `anyOf` and `oneOf` the alternative counts whose outline fits the value (types,
 *   required members, constants); when none fits, what any of them declares is kept, and nothing else.
 * - A schema that says nothing about the inside of values (`{}`, `{ type: 'object' }`) keeps them as they are.
 * - Dates stay dates until they are sent; other objects with `toJSON` count as what they send. Entities are read by
 *   declared name, getters too.
 * - A value of another kind than declared: a scalar stays as it is, the inside of an object or a list is not declared
 *   and leaves nothing. That is a fault that the check of outputs reports in development.
 * - `null` stays `null`, an absent member stays absent. A member `__proto__` is dropped unless it is declared.
 *
 * The value is never changed; scalars and what nothing is declared about are handed on as they are.
 *
 * @returns undefined when the schema leaves nothing out.
 * @throws SchemaError when a `$ref` points at nothing.
 * @example
 * projector(outputJsonSchema(z.object({ name: z.string() })))?.({ name: 'Ada', salary: 1 }) // { name: 'Ada' }
 */
export function projector(root: JsonSchema): Project | undefined {
  if (!restricts(root)) return undefined
  // Compiled with the first value: an app with many outputs shall not wait for all of them at start-up.
  let project: Project = (value) => {
    project = compileProjection(shapeOf(root))
    return project(value)
  }
  return (value) => project(value)
}

/**
 * Compiles a listing of what the projection leaves out, for the trace in development: JSON Pointers with `*` for every
 * index, each once. Compiled with the first value.
 *
 * @throws SchemaError in the first listing, when a `$ref` points at nothing.
 * @example
 * const dropped = undeclaredPaths(outputJsonSchema(z.array(z.object({ a: z.int() }))))
 * dropped([{ a: 1, b: 2 }, { b: 3 }]) // one path: '/', '*', '/b'
 */
export function undeclaredPaths(root: JsonSchema): (value: unknown) => string[] {
  const leavesOut = once(() => restricts(root))
  return (value) => (leavesOut() ? listUndeclared(shapeOf(root), value) : [])
}
