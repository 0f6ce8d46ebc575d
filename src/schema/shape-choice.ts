import { fitter } from './fit.ts'
import { type Kind, kindsOf } from './kind.ts'
import { memberOf } from './member.ts'
import { once } from './once.ts'
import { dereference, toSchema, toSchemaList, toSchemas } from './reference.ts'
import type { JsonSchema } from './schema.ts'
import type { Choice, Shape } from './shape.ts'
import { scalarShape } from './shape-scalar.ts'
import { union } from './shape-union.ts'

/** The lists of alternatives in schemas that hold together; every list is the same object each time. */
export function branchesOf(parts: Iterable<JsonSchema>): (readonly unknown[])[] {
  const found: (readonly unknown[])[] = []
  for (const part of parts) {
    for (const branches of [part.anyOf, part.oneOf])
      if (Array.isArray(branches) && branches.length > 0) found.push(branches)
    if (part.if !== undefined) found.push(conditional(part))
  }
  return found
}

const conditionals = new WeakMap<JsonSchema, readonly unknown[]>()

function conditional(schema: JsonSchema): readonly unknown[] {
  const known = conditionals.get(schema)
  if (known !== undefined) return known
  const branches = [{ allOf: [toSchema(schema.if), toSchema(schema.then)] }, toSchema(schema.else)]
  conditionals.set(schema, branches)
  return branches
}

/**
 * Chooses between alternatives: the only one that has objects (or lists) at all, else the one that the discriminating
 * member names, else the first whose outline fits, else what any of them declares.
 */
export function chooser(branches: readonly unknown[], root: JsonSchema, build: (branch: JsonSchema) => Shape): Choice {
  const schemas = branches.map(toSchema)
  const options = (): readonly Shape[] => schemas.map(build)
  const pick = (kind: Kind): ((container: object) => Shape) => {
    const candidates = schemas.filter((schema) => kindsOf(schema, root).has(kind))
    const [only] = candidates
    if (only === undefined) return () => scalarShape
    if (candidates.length === 1) return once(() => build(only))
    return discriminated(candidates, root, build) ?? fitting(candidates, root, build)
  }
  const pickObject = once(() => pick('object'))
  const pickList = once(() => pick('list'))
  return { choose: (container) => (Array.isArray(container) ? pickList() : pickObject())(container), options }
}

function fitting(
  candidates: readonly JsonSchema[],
  root: JsonSchema,
  build: (branch: JsonSchema) => Shape,
): (container: object) => Shape {
  const fitOf = fitter(root)
  const fits = candidates.map((schema) => ({ fit: fitOf(schema), shape: once(() => build(schema)) }))
  const all = once(() => union(fits.map(({ shape }) => shape())))
  return (container) => fits.find(({ fit }) => fit(container))?.shape() ?? all()
}

function discriminated(
  candidates: readonly JsonSchema[],
  root: JsonSchema,
  build: (branch: JsonSchema) => Shape,
): ((container: object) => Shape) | undefined {
  const constants = candidates.map((schema) => constantsOf(schema, root))
  for (const name of constants[0]?.keys() ?? []) {
    const shapes = new Map<unknown, () => Shape>()
    let count = 0
    for (const [index, candidate] of candidates.entries()) {
      const values = constants[index]?.get(name) ?? []
      const shape = once(() => build(candidate))
      for (const value of values) shapes.set(value, shape)
      count = values.length === 0 ? Number.NaN : count + values.length
    }
    // Only where no value is named twice, and every alternative names one.
    if (shapes.size !== count) continue
    const others = fitting(candidates, root, build)
    return (container) => shapes.get(memberOf(container, name))?.() ?? others(container)
  }
  return undefined
}

function constantsOf(schema: JsonSchema, root: JsonSchema): ReadonlyMap<string, readonly unknown[]> {
  const constants = new Map<string, readonly unknown[]>()
  const target = dereference(schema, root)
  for (const part of [target, ...toSchemaList(target.allOf).map((one) => dereference(one, root))]) {
    for (const [name, member] of toSchemas(part.properties)) {
      const { const: only, enum: several } = dereference(member, root)
      const values = only === undefined ? several : [only]
      if (Array.isArray(values) && values.every((value) => typeof value !== 'object')) constants.set(name, values)
    }
  }
  return constants
}
