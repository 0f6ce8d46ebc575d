import { checkOf } from './check.ts'
import { declaredPart } from './declared-part.ts'
import type { Finding } from './finding.ts'
import { findingsOf } from './findings.ts'
import { type Check, Rejected } from './issue.ts'
import { inputJsonSchema, outputJsonSchema } from './json-schema.ts'
import { once } from './once.ts'
import { jsonSchema } from './plain-json-schema.ts'
import { projector } from './project.ts'
import type { JsonSchema, Schema } from './schema.ts'
import { SchemaError } from './schema-error.ts'
import { shapeOf } from './shape-of.ts'
import { isEncodeError, isZod, zodCheck } from './zod-check.ts'

/** What is wrong with a value that a service returns; empty when it fits. */
export type OutputCheck = (value: unknown) => readonly Finding[] | Promise<readonly Finding[]>

/**
 * Compiles the check of outputs. It sees the value before the projection, with its dates, but without the members that
 * are not declared: they never leave, and so are no finding, not even of a strict object.
 *
 * Zod models are run backwards, so that a value of the output type fits: codecs encode, and what a default fills in
 * must be there. A model that only works forwards is checked by what leaves: the projected value by its JSON Schema.
 */
export function outputCheck(schema: Schema): OutputCheck {
  const json = outputJsonSchema(schema)
  const shape = once(() => shapeOf(json))
  const check = checkBackwards(schema, json)
  const findings = (value: unknown, made: unknown): readonly Finding[] =>
    made instanceof Rejected ? findingsOf(made.issues, { json, shape: shape(), value, placeOf: () => 'body' }) : none
  return (value) => {
    const part = declaredPart(shape(), value)
    const made = check(part)
    return made instanceof Promise ? made.then((settled) => findings(part, settled)) : findings(part, made)
  }
}

const none: readonly Finding[] = []

function checkBackwards(schema: Schema, json: JsonSchema): Check {
  if (isZod(schema)) return orByJson(zodCheck(schema, 'backward'), json)
  return schema['~standard'].vendor === 'trestle' || transforms(schema) ? byJson(json) : checkOf(schema)
}

/** Whether a model takes something else than it gives. */
function transforms(schema: Schema): boolean {
  try {
    return JSON.stringify(inputJsonSchema(schema)) !== JSON.stringify(outputJsonSchema(schema))
  } catch (error) {
    // What takes a type that JSON has not, such as a date, is checked by the model itself.
    if (error instanceof SchemaError) return false
    throw error
  }
}

function byJson(json: JsonSchema): Check {
  const project = projector(json) ?? ((value: unknown): unknown => value)
  const check = checkOf(jsonSchema(json))
  return (value) => check(JSON.parse(JSON.stringify(project(value)) ?? 'null'))
}

function orByJson(check: Check, json: JsonSchema): Check {
  let forwardsOnly: Check | undefined
  const instead = (error: unknown): Check => {
    if (!isEncodeError(error)) throw error
    forwardsOnly = byJson(json)
    return forwardsOnly
  }
  return (value) => {
    if (forwardsOnly !== undefined) return forwardsOnly(value)
    try {
      const made = check(value)
      return made instanceof Promise ? made.catch((error: unknown) => instead(error)(value)) : made
    } catch (error) {
      return instead(error)(value)
    }
  }
}
