import type { JsonSchema } from './schema.ts'
import type { Shape } from './shape.ts'
import { shapeBuilder } from './shape-builder.ts'

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
